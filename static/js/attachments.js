// Attachments without leaving the page: chosen or dropped, sent one by one with their progress. What a file is refused
// for is said beside it, and what never arrived is kept, to be sent again. Without this the form sends itself.
(() => {
  "use strict"

  class FileUpload extends HTMLElement {
    connectedCallback() {
      if (this.isReady) return
      this.isReady = true
      this.waiting = []
      this.kept = []
      this.startCounting()
      this.addEventListener("change", (event) => { if (event.target.type === "file") this.takeChosen() })
      this.addEventListener("submit", (event) => { event.preventDefault(); this.takeChosen() })
      this.addEventListener("click", (event) => this.clicked(event))
      for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
        this.addEventListener(kind, (event) => this.dragged(event))
      }
      this.dress()
    }

    part(name, within = this) { return within.querySelector(`[data-part="${name}"]`) }

    word(name, values = {}) {
      const words = this.querySelector("template[data-words]")?.content
      const text = words?.querySelector(`[data-word="${name}"]`)?.textContent ?? ""
      return Object.entries(values).reduce((told, [key, value]) => told.replace(`{${key}}`, value), text)
    }

    tell(text) { this.part("told").textContent = text }

    // One choice of files is announced with one sum; a file alone with its own sentence.
    startCounting() { this.outcome = { added: 0, refused: 0, last: "" } }

    counted(word, number) { return this.word(number === 1 ? `${word}-one` : word, { n: number }) }

    tellTheSum() {
      const { added, refused, last } = this.outcome
      const sum = [added && this.counted("sum-added", added), refused && this.counted("sum-refused", refused)]
      if (added + refused) this.tell(added + refused === 1 ? last : `${sum.filter(Boolean).join(", ")}.`)
      this.startCounting()
    }

    get left() { return Number(this.dataset.left) }

    get input() { return this.querySelector("input[type=file]") }

    // What only makes sense with this script is shown, and the other way round.
    dress() {
      const shown = { drop: true, send: false, alone: false }
      for (const [name, isShown] of Object.entries(shown)) {
        const part = this.part(name)
        if (part) part.hidden = !isShown
      }
    }

    clicked(event) {
      const removing = event.target.closest("[data-remove]")
      if (removing) {
        event.preventDefault()
        this.removeAfterAsking(removing)
      } else if (event.target.closest("[data-retry]")) {
        this.retry()
      }
    }

    dragged(event) {
      if (!this.input || ![...(event.dataTransfer?.types ?? [])].includes("Files")) return
      event.preventDefault()
      const isOver = event.type === "dragenter" || event.type === "dragover"
      this.querySelector(".drop")?.classList.toggle("over", isOver)
      if (event.type === "drop") {
        const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.())
        this.take([...event.dataTransfer.files], entries)
      }
    }

    takeChosen() {
      const files = [...(this.input?.files ?? [])]
      if (this.input) this.input.value = ""
      this.take(files)
    }

    // Everything that can be told before a file is sent is told now.
    take(files, entries = []) {
      const faults = this.part("faults")
      if (faults) faults.replaceChildren()
      for (const row of this.part("queue").querySelectorAll("[data-done]")) row.remove()
      files.forEach((file, at) => {
        const entry = { file, row: this.newRow(file) }
        if (entries[at]?.isDirectory) this.fault(entry, this.word("folder"))
        else if (file.size === 0) this.fault(entry, this.word("empty"))
        else if (file.size > Number(this.dataset.mostBytes)) this.fault(entry, this.word("large"))
        else this.waiting.push(entry)
      })
      this.part("queue").hidden = !this.part("queue").children.length
      this.run()
    }

    newRow(file) {
      const row = document.createElement("li")
      const name = document.createElement("b")
      const state = document.createElement("span")
      name.textContent = file.name
      state.className = "small soft"
      state.dataset.state = ""
      state.textContent = this.word("waiting")
      row.append(name, " ", state)
      this.part("queue").append(row)
      return row
    }

    fault(entry, sentence, { isKept = false } = {}) {
      entry.row.querySelector("progress")?.remove()
      const state = entry.row.querySelector("[data-state]")
      state.className = isKept ? "small soft" : "error"
      state.textContent = sentence
      if (isKept) return
      entry.row.dataset.done = ""
      this.outcome.refused += 1
      this.outcome.last = `${entry.file.name}: ${sentence}`
    }

    // Whether there is room is asked when a file's turn comes: one that was refused took no place.
    async run() {
      if (this.sending) return
      while (this.waiting.length) {
        if (this.left <= 0) {
          this.fault(this.waiting.shift(), this.word("many"))
          continue
        }
        this.sending = this.waiting.shift()
        const stopped = await this.send(this.sending)
        if (stopped) {
          this.keep(stopped)
          break
        }
        this.sending = null
      }
      this.sending = null
      this.part("queue").hidden = !this.part("queue").children.length
      if (!this.kept.length) this.tellTheSum()
    }

    // Nothing more is tried until the person says so; every file that did not arrive is kept.
    keep(word) {
      this.kept.push(this.sending, ...this.waiting)
      this.waiting = []
      for (const entry of this.kept) this.fault(entry, this.word("kept"), { isKept: true })
      const retry = this.part("retry")
      retry.hidden = false
      this.part("why", retry).textContent = this.word(word)
      this.part("login", retry).hidden = word !== "signed-out"
      this.tell(this.word(word))
    }

    async retry() {
      const page = await this.fetched(this.dataset.page)
      if (!page.part) {
        this.part("why").textContent = this.word(page.word)
        this.part("login").hidden = page.word !== "signed-out"
        this.tell(this.word(page.word))
        return
      }
      this.adopt(page.part)
      this.part("retry").hidden = true
      this.input?.focus()
      for (const entry of this.kept) {
        const state = entry.row.querySelector("[data-state]")
        state.className = "small soft"
        state.textContent = this.word("waiting")
      }
      this.waiting.push(...this.kept)
      this.kept = []
      this.run()
    }

    // The same part of the page, from the server; or the word that says why it did not come.
    async fetched(address, options = {}) {
      try {
        const response = await fetch(address, { ...options, headers: { "HX-Request": "true" } })
        return this.read(await response.text(), response.status)
      } catch {
        return { word: "gone" }
      }
    }

    read(text, status) {
      const part = new DOMParser().parseFromString(text, "text/html").getElementById("bilagor")
      if (part) return { part }
      return { word: status === 401 ? "signed-out" : "gone" }
    }

    get tokens() { return [...this.querySelectorAll("[name=csrfmiddlewaretoken]")] }

    get token() { return this.tokens[0]?.value ?? "" }

    // One file. Resolves to nothing when the server has said what it thinks of it, else to the word that says why not.
    send(entry, isSecondTry = false) {
      const state = entry.row.querySelector("[data-state]")
      const bar = entry.row.querySelector("progress") ?? document.createElement("progress")
      bar.max = 100
      bar.value = 0
      bar.setAttribute("aria-label", this.word("sending", { name: entry.file.name }))
      entry.row.append(bar)
      state.textContent = ""
      this.tell(this.word("sending", { name: entry.file.name }))
      const body = new FormData()
      body.append("csrfmiddlewaretoken", this.token)
      body.append("files", entry.file)
      return new Promise((resolve) => {
        const request = new XMLHttpRequest()
        request.open("POST", this.dataset.page)
        request.setRequestHeader("HX-Request", "true")
        request.upload.addEventListener("progress", (event) => {
          if (!event.lengthComputable) return
          bar.value = Math.round((event.loaded / event.total) * 100)
          state.textContent = bar.value < 100 ? `${bar.value} %` : this.word("checking")
        })
        request.addEventListener("load", async () => {
          if (request.status === 401 && !isSecondTry) {
            const page = await this.fetched(this.dataset.page)  // signed in again meanwhile? Then the form's key is another
            if (page.part) {
              this.adopt(page.part)
              resolve(this.send(entry, true))
              return
            }
          }
          resolve(this.answered(entry, request))
        })
        for (const failure of ["error", "abort", "timeout"]) request.addEventListener(failure, () => resolve("gone"))
        request.send(body)
      })
    }

    answered(entry, request) {
      if (request.status === 413) {
        this.fault(entry, this.word("large"))
        return ""
      }
      const { part, word } = this.read(request.responseText, request.status)
      if (!part) return word
      const sentence = part.querySelector("[data-sentence]")
      this.adopt(part)
      if (sentence) {
        this.fault(entry, sentence.textContent)
      } else {
        entry.row.remove()
        this.outcome.added += 1
        this.outcome.last = this.word("added", { name: entry.file.name })
      }
      return ""
    }

    // Takes over the list and the room that is left; the field itself stays, and so does the focus.
    adopt(part) {
      const fresh = part.querySelector("file-upload")
      this.dataset.left = fresh.dataset.left
      this.part("list").replaceChildren(...this.part("list", fresh).childNodes)
      const key = fresh.querySelector("[name=csrfmiddlewaretoken]")?.value
      if (key) for (const token of this.tokens) token.value = key
      const [mine, theirs] = [this.part("room"), this.part("room", fresh)]
      if (!mine || !theirs) return
      if (mine.querySelector("form") && theirs.querySelector("form")) {
        mine.querySelector(".help").replaceChildren(...theirs.querySelector(".help").childNodes)
      } else {
        const hadFocus = mine.contains(document.activeElement)
        mine.replaceChildren(...theirs.childNodes)
        if (hadFocus) this.focusHeading()
      }
      this.dress()
    }

    focusHeading() { this.closest("section")?.querySelector("h2")?.focus() }

    async removeAfterAsking(link) {
      const name = link.dataset.remove
      if (!window.confirm(this.word("sure", { name }))) return
      const body = new FormData()
      body.append("csrfmiddlewaretoken", this.token)
      const { part } = await this.fetched(link.href, { method: "POST", body })
      if (!part) {
        location.assign(link.href)
        return
      }
      this.adopt(part)
      this.focusHeading()
      const sentence = part.querySelector("[data-sentence]")
      this.tell(sentence ? sentence.textContent : this.word("removed", { name }))
    }
  }

  customElements.define("file-upload", FileUpload)

  // A file dropped beside the area would open in place of the page, and take what was typed with it.
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      const isFile = [...(event.dataTransfer?.types ?? [])].includes("Files")
      if (isFile && document.querySelector("file-upload") && event.target.type !== "file") event.preventDefault()
    })
  }

  window.addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll("file-upload")].some((upload) => upload.sending)) event.preventDefault()
  })
})()
