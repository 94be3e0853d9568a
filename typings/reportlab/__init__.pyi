from typing import Any

rl_config: Any
