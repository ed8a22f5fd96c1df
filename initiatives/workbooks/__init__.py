"""Reading workbooks that people send, safely: the register, and the forms of assessment.

What may be opened at all is asked first, in a child process that has little time, little memory and nothing to steal;
what the cells mean is for those who asked for them.
"""
