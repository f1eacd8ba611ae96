"""Converts texts and numbers on the command line without pydantic. Its import takes a quarter of a short command."""

from typing import TYPE_CHECKING, Any

from typer._coercion import RuntimeParam, build_runtime_param

if TYPE_CHECKING:
    from typer._click import Context
    from typer.core import _TyperParameter

_PLAIN = (str, int, list[str])


class _PlainParam(RuntimeParam):
    """Converts valid values itself, and lets Typer refuse the others."""

    def _coerce_value(self, value: Any, param: "_TyperParameter", ctx: "Context") -> Any:
        if self.annotation is int:
            number = int(value) if isinstance(value, int) or (value.isascii() and value.isdigit()) else None
            if number is not None and self._is_in_range(number):
                return number
        elif self.annotation is str and isinstance(value, str):
            return value
        elif isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
            return list(value)
        return build_runtime_param(param.type_descriptor).coerce(value, param, ctx)

    def _is_in_range(self, number: int) -> bool:
        info = self.parameter_info
        return (info.min is None or number >= info.min) and (info.max is None or number <= info.max)


def convert_plainly(param: "_TyperParameter") -> None:
    """Make a parameter that is a text, a number or a list of texts convert its value without pydantic."""
    described = param.type_descriptor
    if described.annotation in _PLAIN and described.parameter_info.parser is None:
        param._runtime_param = _PlainParam(described.parameter_info, described.annotation)  # noqa: SLF001
