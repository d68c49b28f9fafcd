# SPDX-License-Identifier: BSD-2-Clause-Patent
#
# What is built in, as SPDX 2.3: share/doc/sevlaunch/sevlaunch.spdx.json. The C library
# and the compiler's, which the build's tools bring along, are not in it.

# Appends SPDX files, and sets what a package of these must say of them.
function(sevlaunch_describe_files id prefix files)
  set(sums "")
  set(ids "")
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME)
    string(REGEX REPLACE "[^A-Za-z0-9.]" "-" file_id "SPDXRef-${id}-${name}")
    file(SHA1 ${file} sha1)
    file(SHA256 ${file} sha256)
    list(APPEND sums ${sha1})
    list(APPEND ids "\"${file_id}\"")
    string(APPEND SBOM_FILES "${SBOM_SEPARATOR}
    {
      \"SPDXID\": \"${file_id}\",
      \"fileName\": \"./${prefix}${name}\",
      \"checksums\": [
        { \"algorithm\": \"SHA1\", \"checksumValue\": \"${sha1}\" },
        { \"algorithm\": \"SHA256\", \"checksumValue\": \"${sha256}\" }
      ]
    }")
    set(SBOM_SEPARATOR ",")
  endforeach()
  list(SORT sums)
  string(JOIN "" sums ${sums})
  string(SHA1 code "${sums}")
  string(JOIN ", " ids ${ids})
  set(SBOM_FILES "${SBOM_FILES}" PARENT_SCOPE)
  set(SBOM_SEPARATOR "," PARENT_SCOPE)
  set(SBOM_${id}_CONTENT "\"filesAnalyzed\": true,
      \"packageVerificationCode\": { \"packageVerificationCodeValue\": \"${code}\" },
      \"hasFiles\": [${ids}]" PARENT_SCOPE)
endfunction()

# Describes a package by the archive that fetch.sh got it in, and sets its version.
function(sevlaunch_describe_archive id name tree)
  file(STRINGS ${tree}.sha256 archive)
  string(REGEX REPLACE "^([0-9a-f]+)  (.*)" "\\1;\\2" archive "${archive}")
  list(POP_FRONT archive sha256 file)
  string(REGEX REPLACE ".*/${name}-" "" version ${tree})
  sevlaunch_read_pin(${name} pin)
  set(location NOASSERTION)
  if("${version} ${sha256}" STREQUAL "${pin_VERSION} ${pin_SHA256}")
    set(location ${pin_URL})
    string(REGEX REPLACE ".*/" "" file ${location}) # whatever a mirror calls it
  endif()
  set(SBOM_${id}_LOCATION ${location} PARENT_SCOPE)
  set(SBOM_${id}_VERSION ${version} PARENT_SCOPE)
  set(SBOM_${id}_CONTENT "\"filesAnalyzed\": false,
      \"packageFileName\": \"${file}\",
      \"checksums\": [
        { \"algorithm\": \"SHA256\", \"checksumValue\": \"${sha256}\" }
      ]" PARENT_SCOPE)
endfunction()

# What was fetched, by its archive; otherwise, for a tree that somebody names may have been
# changed, by the files that are built in.
set(SBOM_MBEDTLS_VERSION ${SEVLAUNCH_MBEDTLS_VERSION})
set(SBOM_MBEDTLS_PURL pkg:github/Mbed-TLS/mbedtls@mbedtls-${SBOM_MBEDTLS_VERSION})
set(SBOM_Mbed-TLS_LOCATION NOASSERTION)
if(NOT SEVLAUNCH_MBEDTLS_SOURCE AND EXISTS "${SEVLAUNCH_MBEDTLS_TREE}.sha256")
  sevlaunch_describe_archive(Mbed-TLS mbedtls ${SEVLAUNCH_MBEDTLS_TREE})
elseif(SEVLAUNCH_MBEDTLS_TREE)
  get_target_property(files sevlaunch_mbedtls SOURCES)
  list(FILTER files INCLUDE REGEX "^/")
  list(APPEND files ${SEVLAUNCH_MBEDTLS_TREE}/library/sha256.c # which others include
      ${SEVLAUNCH_MBEDTLS_TREE}/library/sha512.c)
  list(REMOVE_DUPLICATES files)
  sevlaunch_describe_files(Mbed-TLS library/ "${files}")
else()
  string(TOUPPER ${CMAKE_BUILD_TYPE} configuration)
  get_target_property(files MbedTLS::mbedcrypto LOCATION_${configuration})
  sevlaunch_describe_files(Mbed-TLS "" "${files}")
endif()
get_target_property(type sevlaunch::mbedtls TYPE)
set(SBOM_MBEDTLS_LINK STATIC_LINK)
if(type STREQUAL SHARED_LIBRARY)
  set(SBOM_MBEDTLS_LINK DYNAMIC_LINK)
endif()
set(SBOM_yxml_LOCATION NOASSERTION)
if(NOT SEVLAUNCH_NCDC_SOURCE AND EXISTS "${SEVLAUNCH_NCDC_TREE}.sha256")
  sevlaunch_describe_archive(yxml ncdc ${SEVLAUNCH_NCDC_TREE})
else()
  sevlaunch_describe_files(yxml deps/ "${SEVLAUNCH_YXML}")
endif()

set(ENV{SOURCE_DATE_EPOCH} ${SEVLAUNCH_EPOCH})
string(TIMESTAMP SBOM_CREATED "%Y-%m-%dT%H:%M:%SZ" UTC)
string(UUID SBOM_UUID NAMESPACE 6ba7b812-9dad-11d1-80b4-00c04fd430c8 TYPE SHA1
    NAME "sevlaunch ${PROJECT_VERSION} ${SEVLAUNCH_EPOCH} ${SBOM_MBEDTLS_VERSION} ${SBOM_FILES}")
configure_file(${CMAKE_CURRENT_LIST_DIR}/sbom.spdx.json.in
    ${PROJECT_BINARY_DIR}/sevlaunch.spdx.json @ONLY)
