"""Compiled loops: calls only, kept by the digest of all sources, so that none can be stale."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from model.deciding import DECISIONS, QUIT_TEST as LEAVE  # noqa
