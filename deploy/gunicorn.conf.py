"""gunicorn -c deploy/gunicorn.conf.py v6portal.wsgi"""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
# A worker is renewed now and then, so that a slow leak never becomes a full memory.
max_requests = 2000
max_requests_jitter = 200
# v6portal.middleware writes one line a request, without query strings; gunicorn's own has them.
accesslog = None

# Nobody steers the workers through a socket; signals are enough.
control_socket_disable = True
