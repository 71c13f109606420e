"""Textual's way to the terminal, with the signals of a shell's job control as programs are to treat them."""

from __future__ import annotations

import os
import signal
from functools import partial
from typing import Any

from textual.drivers.linux_driver import LinuxDriver


class JobDriver(LinuxDriver):
    """Stopped only where somebody can continue it, and started again only where it has stopped."""

    def _sigtstp_application(self, *_: Any) -> None:
        """Give the terminal back and stop, by the signal itself.

        Textual sends a SIGSTOP instead. That stops also a program whose shell has gone meanwhile, and for ever; what
        SIGTSTP does is left to the system, which stops nobody without a shell.
        """
        if self._auto_restart:
            self.suspend_application_mode()
            self._must_signal_resume = True
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, self._sigtstp_application)
        self._sigcont_application()  # where it was not stopped no SIGCONT comes

    def _sigcont_application(self, *_: Any) -> None:
        """Start again, and paint what has been wiped away meanwhile.

        Textual does so at any SIGCONT, also after a SIGSTOP, before which it could not give anything back: then two
        threads read the keys, and the program cannot be left. The system sends one itself when a terminal has gone.
        """
        if self._must_signal_resume:
            super()._sigcont_application()
            self._loop.call_soon_threadsafe(partial(self._app.refresh, layout=True))
