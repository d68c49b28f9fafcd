# SPDX-License-Identifier: BSD-2-Clause-Patent
# shellcheck shell=bash
#
# Completion in bash, for every command that prints its options as apps/cli/help.c does.
# The options come from the --help of the command that is completed, and a value that is
# PATH there is a file. The words that stand here are the values that the help does not list.

# An option, and the subcommand that it is of.
_sevlaunch_words() {
  case $2$1 in
    *--cpu-type) echo EPYC EPYC-IBPB EPYC-Rome EPYC-Milan EPYC-Genoa EPYC-Turin ;;
    snp-*--vmm) echo qemu ec2 gce ;;
    --vmm | sev-digest--vmm) echo qemu ec2 gce krun ;;
    *--vmsa-fpu) echo legacy init2 ;;
    --print-digest | --print-measurement | *-digest--format) echo hex base64 ;;
    snp-id-block--format) echo raw base64 ;;
    snp-verify--tcb) echo reported committed launch current all ;;
    snp-verify--allow) echo debug migration smt version-6 ;;
    snp-verify--require)
      echo smt-off tsme ecc rapl-off ciphertext-hiding alias-check tio-off \
        policy-{smt-off,single-socket,cxl-off,aes-256-xts,rapl-off,ciphertext-hiding,page-swap-off}
      ;;
    --secret-padding) echo libvirt minimal ;;
  esac
}

# Prints an option's line of the help without its description: "-f --firmware PATH".
_sevlaunch_options() {
  "$@" --help 2>/dev/null |
    sed -nE 's/^  (-(.),|   ) (--[a-z0-9-]+)( [A-Z:0-9]+)?( .*)?$/-\2 \3\4/p'
}

# The command, what is completed, and the subcommand, if there are any.
_sevlaunch_option() {
  local options current=$2 at=$((COMP_CWORD - 1)) value
  # bash makes words of the = in --option=value, and of the : in GUID:PATH.
  if [[ $current == [=:] ]]; then
    current=
    at=$COMP_CWORD
  fi
  while [[ ${COMP_WORDS[at]} == [=:] ]]; do
    [[ ${COMP_WORDS[at]} != : ]] || at=$((at - 1))
    at=$((at - 1))
  done
  options=$(_sevlaunch_options "$1" ${3:+"$3"})
  COMPREPLY=()
  value=$(awk -v option="${COMP_WORDS[at]}" '$1 == option || $2 == option { print $2, $3 }' <<<"$options")
  case $value in
    *PATH)
      compopt -o filenames
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      ;;
    *' '?*)
      mapfile -t COMPREPLY < <(compgen -W "$(_sevlaunch_words "${value% *}" "$3")" -- "$current")
      ;;
    *)
      mapfile -t COMPREPLY < <(compgen -W "$(awk '{ print $2 }' <<<"$options")" -- "$current")
      ;;
  esac
}

_sevlaunch_validate() {
  _sevlaunch_option "$1" "$2" ''
}

# The first word, and the one after "help", is the name of a subcommand.
_sevlaunch() {
  local names
  if ((COMP_CWORD == 1)) || [[ $COMP_CWORD == 2 && ${COMP_WORDS[1]} == help ]]; then
    names=$("$1" help 2>/dev/null | awk '/^  / { print $1 }')
    mapfile -t COMPREPLY < <(compgen -W "$names help" -- "$2")
  elif [[ ${COMP_WORDS[1]} == show && $2 != -?* ]]; then
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$2")
  else
    _sevlaunch_option "$1" "$2" "${COMP_WORDS[1]}"
  fi
}

complete -F _sevlaunch_validate virt-qemu-sev-validate
complete -F _sevlaunch sevlaunch
