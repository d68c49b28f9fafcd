/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What this port uses of the UEFI specification 2.10 and of the UEFI Shell
 * specification 2.2, under their own names. Members that are not used stand as
 * pointers of no type, to keep the others in their places.
 *
 * The compiler's target has EFI's calling convention for all functions, so that
 * none of these needs to name it.
 */
#ifndef SEVLAUNCH_EFI_H
#define SEVLAUNCH_EFI_H

#include <stddef.h>
#include <stdint.h>

typedef uint16_t CHAR16;
typedef uintptr_t UINTN;
typedef void *EFI_HANDLE;
typedef UINTN EFI_STATUS;

#define EFI_ERROR_BIT ((EFI_STATUS)1 << (sizeof(EFI_STATUS) * 8 - 1))
#define EFI_ERROR(status) (((status)&EFI_ERROR_BIT) != 0)
#define EFI_SUCCESS ((EFI_STATUS)0)
#define EFI_LOAD_ERROR (EFI_ERROR_BIT | 1)
#define EFI_INVALID_PARAMETER (EFI_ERROR_BIT | 2)
#define EFI_UNSUPPORTED (EFI_ERROR_BIT | 3)
#define EFI_BUFFER_TOO_SMALL (EFI_ERROR_BIT | 5)
#define EFI_DEVICE_ERROR (EFI_ERROR_BIT | 7)
#define EFI_WRITE_PROTECTED (EFI_ERROR_BIT | 8)
#define EFI_OUT_OF_RESOURCES (EFI_ERROR_BIT | 9)
#define EFI_VOLUME_CORRUPTED (EFI_ERROR_BIT | 10)
#define EFI_VOLUME_FULL (EFI_ERROR_BIT | 11)
#define EFI_NO_MEDIA (EFI_ERROR_BIT | 12)
#define EFI_MEDIA_CHANGED (EFI_ERROR_BIT | 13)
#define EFI_NOT_FOUND (EFI_ERROR_BIT | 14)
#define EFI_ACCESS_DENIED (EFI_ERROR_BIT | 15)
#define EFI_ABORTED (EFI_ERROR_BIT | 21)
#define EFI_SECURITY_VIOLATION (EFI_ERROR_BIT | 26)

typedef struct {
    uint32_t Data1;
    uint16_t Data2;
    uint16_t Data3;
    uint8_t Data4[8];
} EFI_GUID;

typedef struct {
    uint64_t Signature;
    uint32_t Revision;
    uint32_t HeaderSize;
    uint32_t CRC32;
    uint32_t Reserved;
} EFI_TABLE_HEADER;

typedef struct EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL {
    void *Reset;
    EFI_STATUS (*OutputString)(struct EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL *This, const CHAR16 *String);
} EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL;

#define EFI_DEVICE_PATH_PROTOCOL_GUID                      \
    {                                                      \
        0x09576e91, 0x6d3f, 0x11d2,                        \
        {                                                  \
            0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b \
        }                                                  \
    }
#define MEDIA_DEVICE_PATH 0x04
#define MEDIA_FILEPATH_DP 0x04
#define END_DEVICE_PATH_TYPE 0x7f
#define END_ENTIRE_DEVICE_PATH_SUBTYPE 0xff
typedef struct {
    uint8_t Type;
    uint8_t SubType;
    uint8_t Length[2];
} EFI_DEVICE_PATH_PROTOCOL;

typedef struct {
    EFI_TABLE_HEADER Hdr;
    void *UpToHandleProtocol[16];
    EFI_STATUS (*HandleProtocol)(EFI_HANDLE Handle, const EFI_GUID *Protocol, void **Interface);
    void *UpToLocateDevicePath[3];
    EFI_STATUS(*LocateDevicePath)
    (const EFI_GUID *Protocol, const EFI_DEVICE_PATH_PROTOCOL **DevicePath, EFI_HANDLE *Device);
    void *InstallConfigurationTable;
    EFI_STATUS(*LoadImage)
    (unsigned char BootPolicy, EFI_HANDLE ParentImageHandle,
     const EFI_DEVICE_PATH_PROTOCOL *DevicePath, void *SourceBuffer, UINTN SourceSize,
     EFI_HANDLE *ImageHandle);
    EFI_STATUS (*StartImage)(EFI_HANDLE ImageHandle, UINTN *ExitDataSize, CHAR16 **ExitData);
    void *Exit;
    EFI_STATUS (*UnloadImage)(EFI_HANDLE ImageHandle);
    void *UpToSetWatchdogTimer[3];
    EFI_STATUS(*SetWatchdogTimer)
    (UINTN Timeout, uint64_t WatchdogCode, UINTN DataSize, const CHAR16 *WatchdogData);
    void *UpToLocateProtocol[7];
    EFI_STATUS (*LocateProtocol)(const EFI_GUID *Protocol, void *Registration, void **Interface);
} EFI_BOOT_SERVICES;

/* Local time: the zone is what is added to it for UTC, in minutes. */
#define EFI_UNSPECIFIED_TIMEZONE 0x7ff
typedef struct {
    uint16_t Year;
    uint8_t Month;
    uint8_t Day;
    uint8_t Hour;
    uint8_t Minute;
    uint8_t Second;
    uint8_t Pad1;
    uint32_t Nanosecond;
    int16_t TimeZone;
    uint8_t Daylight;
    uint8_t Pad2;
} EFI_TIME;

typedef struct {
    EFI_TABLE_HEADER Hdr;
    EFI_STATUS (*GetTime)(EFI_TIME *Time, void *Capabilities);
} EFI_RUNTIME_SERVICES;

typedef struct {
    EFI_TABLE_HEADER Hdr;
    const CHAR16 *FirmwareVendor;
    uint32_t FirmwareRevision;
    EFI_HANDLE ConsoleInHandle;
    void *ConIn;
    EFI_HANDLE ConsoleOutHandle;
    EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL *ConOut;
    EFI_HANDLE StandardErrorHandle;
    EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL *StdErr;
    EFI_RUNTIME_SERVICES *RuntimeServices;
    EFI_BOOT_SERVICES *BootServices;
} EFI_SYSTEM_TABLE;

_Static_assert(sizeof(void *) != 8 || (offsetof(EFI_BOOT_SERVICES, HandleProtocol) == 152 &&
                                       offsetof(EFI_BOOT_SERVICES, LocateDevicePath) == 184 &&
                                       offsetof(EFI_BOOT_SERVICES, LoadImage) == 200 &&
                                       offsetof(EFI_BOOT_SERVICES, UnloadImage) == 224 &&
                                       offsetof(EFI_BOOT_SERVICES, SetWatchdogTimer) == 256 &&
                                       offsetof(EFI_BOOT_SERVICES, LocateProtocol) == 320 &&
                                       offsetof(EFI_SYSTEM_TABLE, ConOut) == 64 &&
                                       offsetof(EFI_SYSTEM_TABLE, BootServices) == 96),
               "services are where the specification has them");

#define EFI_LOADED_IMAGE_PROTOCOL_GUID                     \
    {                                                      \
        0x5b1b31a1, 0x9562, 0x11d2,                        \
        {                                                  \
            0x8e, 0x3f, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b \
        }                                                  \
    }
typedef struct {
    uint32_t Revision;
    EFI_HANDLE ParentHandle;
    EFI_SYSTEM_TABLE *SystemTable;
    EFI_HANDLE DeviceHandle;
    EFI_DEVICE_PATH_PROTOCOL *FilePath;
    void *Reserved;
    uint32_t LoadOptionsSize;
    void *LoadOptions;
} EFI_LOADED_IMAGE_PROTOCOL;

#define EFI_FILE_MODE_READ 1
#define EFI_FILE_MODE_WRITE 2
#define EFI_FILE_MODE_CREATE ((uint64_t)1 << 63)
#define EFI_FILE_DIRECTORY 0x10
typedef struct EFI_FILE_PROTOCOL {
    uint64_t Revision;
    EFI_STATUS(*Open)
    (struct EFI_FILE_PROTOCOL *This, struct EFI_FILE_PROTOCOL **NewHandle, const CHAR16 *FileName,
     uint64_t OpenMode, uint64_t Attributes);
    EFI_STATUS (*Close)(struct EFI_FILE_PROTOCOL *This);
    EFI_STATUS (*Delete)(struct EFI_FILE_PROTOCOL *This);
    EFI_STATUS (*Read)(struct EFI_FILE_PROTOCOL *This, UINTN *BufferSize, void *Buffer);
    EFI_STATUS (*Write)(struct EFI_FILE_PROTOCOL *This, UINTN *BufferSize, const void *Buffer);
    void *UpToGetInfo[2];
    EFI_STATUS(*GetInfo)
    (struct EFI_FILE_PROTOCOL *This, const EFI_GUID *InformationType, UINTN *BufferSize,
     void *Buffer);
    EFI_STATUS(*SetInfo)
    (struct EFI_FILE_PROTOCOL *This, const EFI_GUID *InformationType, UINTN BufferSize,
     const void *Buffer);
    EFI_STATUS (*Flush)(struct EFI_FILE_PROTOCOL *This);
} EFI_FILE_PROTOCOL;

#define EFI_FILE_INFO_ID                                   \
    {                                                      \
        0x09576e92, 0x6d3f, 0x11d2,                        \
        {                                                  \
            0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b \
        }                                                  \
    }
typedef struct {
    uint64_t Size;
    uint64_t FileSize;
    uint64_t PhysicalSize;
    uint64_t CreateTime[2];
    uint64_t LastAccessTime[2];
    uint64_t ModificationTime[2];
    uint64_t Attribute;
    CHAR16 FileName[];
} EFI_FILE_INFO;

_Static_assert(offsetof(EFI_FILE_INFO, FileName) == 80, "times take 16 bytes");

#define EFI_SIMPLE_FILE_SYSTEM_PROTOCOL_GUID               \
    {                                                      \
        0x964e5b22, 0x6459, 0x11d2,                        \
        {                                                  \
            0x8e, 0x39, 0x00, 0xa0, 0xc9, 0x69, 0x72, 0x3b \
        }                                                  \
    }
typedef struct EFI_SIMPLE_FILE_SYSTEM_PROTOCOL {
    uint64_t Revision;
    EFI_STATUS(*OpenVolume)
    (struct EFI_SIMPLE_FILE_SYSTEM_PROTOCOL *This, EFI_FILE_PROTOCOL **Root);
} EFI_SIMPLE_FILE_SYSTEM_PROTOCOL;

#define EFI_RNG_PROTOCOL_GUID                              \
    {                                                      \
        0x3152bca5, 0xeade, 0x433d,                        \
        {                                                  \
            0x86, 0x2e, 0xc0, 0x1c, 0xdc, 0x29, 0x1f, 0x44 \
        }                                                  \
    }
#define EFI_RNG_ALGORITHM_SP800_90_CTR_256_GUID            \
    {                                                      \
        0x44f0de6e, 0x4d8c, 0x4045,                        \
        {                                                  \
            0xa8, 0xc7, 0x4d, 0xd1, 0x68, 0x85, 0x6b, 0x9e \
        }                                                  \
    }
#define EFI_RNG_ALGORITHM_RAW                              \
    {                                                      \
        0xe43176d7, 0xb6e8, 0x4827,                        \
        {                                                  \
            0xb7, 0x84, 0x7f, 0xfd, 0xc4, 0xb6, 0x85, 0x61 \
        }                                                  \
    }
#define EFI_RNG_ALGORITHM_ARM_RNDR                         \
    {                                                      \
        0x43d2fde3, 0x9d4e, 0x4d79,                        \
        {                                                  \
            0x02, 0x96, 0xa8, 0x9b, 0xca, 0x78, 0x08, 0x41 \
        }                                                  \
    }
typedef struct EFI_RNG_PROTOCOL {
    void *GetInfo;
    EFI_STATUS(*GetRNG)
    (struct EFI_RNG_PROTOCOL *This, const EFI_GUID *RNGAlgorithm, UINTN RNGValueLength,
     uint8_t *RNGValue);
} EFI_RNG_PROTOCOL;

#define EFI_SHELL_PARAMETERS_PROTOCOL_GUID                 \
    {                                                      \
        0x752f3136, 0x4e16, 0x4fdc,                        \
        {                                                  \
            0xa2, 0x2a, 0xe5, 0xf4, 0x68, 0x12, 0xf4, 0xca \
        }                                                  \
    }
typedef struct {
    CHAR16 **Argv;
    UINTN Argc;
} EFI_SHELL_PARAMETERS_PROTOCOL;

#define EFI_SHELL_PROTOCOL_GUID                            \
    {                                                      \
        0x6302d008, 0x7f9b, 0x4f30,                        \
        {                                                  \
            0x87, 0xac, 0x60, 0xc9, 0xfe, 0xf5, 0xda, 0x4e \
        }                                                  \
    }
/* The shell keeps what these return; the caller neither changes nor frees it. */
typedef struct {
    void *UpToGetDevicePathFromMap[6];
    const EFI_DEVICE_PATH_PROTOCOL *(*GetDevicePathFromMap)(const CHAR16 *Mapping);
    void *UpToGetCurDir[4];
    const CHAR16 *(*GetCurDir)(const CHAR16 *FileSystemMapping);
} EFI_SHELL_PROTOCOL;

#endif
