@echo off
rem make.bat run ^| app ^| test ^| check : the targets of Makefile for Windows
powershell -NoLogo -NoProfile -ExecutionPolicy Bypass -File "%~dp0make.ps1" %*
exit /b %ERRORLEVEL%
