#!/bin/sh
# Turns our `//` comments into Doxygen's: the one that opens a file, those above a name, those behind a member.
exec sed -E -e '2s|^// |/// \\file\n/// |' -e 's|^( *)//( \|$)|\1///\2|' -e 's|([;,}a-z0-9_]) +// |\1  ///< |' \
  -e '/^ *\/\/\//{s/[<>@#\\]/\\&/g;s|\\\\file|\\file|}' "$1"
