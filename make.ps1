# The targets of Makefile for Windows: .\make.ps1 run | app | test | test-all | check | setup
param([string]$Target = "help")
$ErrorActionPreference = "Stop"
Set-Location -LiteralPath $PSScriptRoot
$env:PYTHONUTF8 = "1"
$Bin = Join-Path $PSScriptRoot ".venv\Scripts"

function Stop-OnError { if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE } }

function Find-Python {
    $Suits = "import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
    $Candidates = @(
        @((Join-Path $Bin "python.exe")), @("py", "-3.13"), @("py", "-3.12"), @("py", "-3.11"),
        @("python"), @("python3")
    )
    foreach ($Candidate in $Candidates) {
        if (-not (Get-Command $Candidate[0] -ErrorAction SilentlyContinue)) { continue }
        $Options = @($Candidate | Select-Object -Skip 1)
        $ErrorActionPreference = "Continue"  # Windows PowerShell takes stderr for a failure
        & $Candidate[0] @Options -c $Suits 2>$null
        $Found = $LASTEXITCODE -eq 0
        $ErrorActionPreference = "Stop"
        if ($Found) { return , $Candidate }
    }
    Write-Host "没有找到 Python 3.11 至 3.13，请从 python.org 安装。"
    Write-Host "Python 3.11 to 3.13 was not found; install it from python.org."
    exit 1
}

function Install-Locked([string[]]$Extras = @()) {
    $Python = Find-Python
    $Options = @($Python | Select-Object -Skip 1)
    & $Python[0] @Options .ci\install.py @Extras
    Stop-OnError
}

function Invoke-In([string]$Program, [string[]]$Arguments = @()) {
    & (Join-Path $Bin "$Program.exe") @Arguments
    Stop-OnError
}

$Pytest = @("-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")

switch ($Target) {
    "setup" { Install-Locked }
    "run" { Install-Locked; Invoke-In "longjiang" @("run") }
    "app" { Install-Locked; Invoke-In "longjiang" @("app") }
    "test" { Install-Locked; Invoke-In "python" $Pytest }
    "test-all" {
        Install-Locked @("analysis", "browser", "cluster")
        Invoke-In "python" ($Pytest + @("-m", "slow or not slow", "--hypothesis-profile", "full"))
    }
    "check" {
        Install-Locked
        Invoke-In "ruff" @("format", "--check", ".")
        Invoke-In "ruff" @("check", ".")
        Invoke-In "mypy"
        Invoke-In "lint-imports"
        Invoke-In "python" $Pytest
    }
    default {
        Write-Host "make.bat setup | run | app | test | test-all | check"
        if ($Target -ne "help") { exit 2 }
    }
}
