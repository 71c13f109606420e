"""The one door for changes (DESIGN): an Action says what is needed, `run` does it or says what is missing."""

from models.action.args import Arg, arg
from models.action.base import Action, Result
from models.action.run import Outcome, check, run
from models.action.work import Session, Work

__all__ = ["Action", "Arg", "Outcome", "Result", "Session", "Work", "arg", "check", "run"]
