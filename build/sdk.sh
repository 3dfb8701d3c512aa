# Sourced by ./kizashi and ./test: sets DOTNET to a .NET 10 SDK, installing the pinned one into .dotnet/ when there is none.
# Expects ROOT, the project's folder.

sdk_version=10.0.401

has_sdk() { # PROGRAM: true when it lists an SDK of the 10.0 line
  [ -x "$1" ] && (cd / && DOTNET_CLI_TELEMETRY_OPTOUT=1 "$1" --list-sdks 2>/dev/null) | grep -q '^10\.0\.[1-9]'
}

fetch() { # URL FILE
  if command -v curl >/dev/null 2>&1; then curl -fsSL --proto '=https' --connect-timeout 15 --max-time 120 -o "$2" "$1"
  elif command -v wget >/dev/null 2>&1; then wget -q --https-only --timeout=15 --tries=2 -O "$2" "$1"
  else return 127; fi
}

refuse_without_sdk() { # REASON
  cat >&2 <<EOF
kizashi: a .NET 10 SDK is needed, none was found, and it could not be installed: $1

Install it in one of these ways, then run the command again:
  - Debian, Ubuntu:  the package dotnet-sdk-10.0 (from Microsoft's feed, see https://learn.microsoft.com/dotnet/core/install/linux)
  - any Linux, macOS: https://dot.net/v1/dotnet-install.sh --version $sdk_version --install-dir "$ROOT/.dotnet"
  - without network: unpack dotnet-sdk-$sdk_version-linux-x64.tar.gz (or your platform's) into $ROOT/.dotnet
EOF
  exit 2
}

install_sdk() {
  echo "kizashi: no .NET 10 SDK found; installing $sdk_version into .dotnet/ with the official installer" >&2
  installer=$(mktemp) || refuse_without_sdk "no temporary file can be made"
  fetch https://dot.net/v1/dotnet-install.sh "$installer" || {
    rm -f "$installer"
    refuse_without_sdk "https://dot.net/v1/dotnet-install.sh cannot be reached"
  }
  bash "$installer" --version "$sdk_version" --install-dir "$ROOT/.dotnet" --no-path >&2 || {
    rm -f "$installer"
    refuse_without_sdk "the installer failed (see above)"
  }
  rm -f "$installer"
}

if has_sdk "$ROOT/.dotnet/dotnet"; then DOTNET=$ROOT/.dotnet/dotnet
elif found=$(command -v dotnet) && has_sdk "$found"; then DOTNET=$found
else
  install_sdk
  DOTNET=$ROOT/.dotnet/dotnet
  has_sdk "$DOTNET" || refuse_without_sdk "the installed SDK does not run"
fi
if [ "$DOTNET" = "$ROOT/.dotnet/dotnet" ]; then export DOTNET_ROOT=$ROOT/.dotnet; fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
