"""Every action on data by hand."""

from __future__ import annotations

from models.records.absence import AddAbsence, ChangeAbsence, WithdrawAbsence
from models.records.customer import AddCustomer, SetCustomer
from models.records.merge import MergeCustomer, MergeVpa
from models.records.task import AddTask, DelegateTask, SetTask
from models.records.vpa import AddVpa, LeaveVpa, ReturnVpa, SetVpa

__all__ = [
    "AddAbsence", "AddCustomer", "AddTask", "AddVpa", "ChangeAbsence", "DelegateTask", "LeaveVpa",
    "MergeCustomer", "MergeVpa", "ReturnVpa",
    "SetCustomer", "SetTask", "SetVpa", "WithdrawAbsence",
]  # fmt: skip
