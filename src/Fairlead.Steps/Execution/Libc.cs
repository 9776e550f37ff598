using System.Runtime.InteropServices;

namespace Fairlead.Steps.Execution;

/// <summary>The few calls of the C library for which .NET has no equal: a process in its own session, and what it used.</summary>
internal static unsafe partial class Libc
{
    public const int SigKill = 9;

    /// <summary>SIGXFSZ: a file grew beyond its limit.</summary>
    public const int SigFileSize = 25;

    public const int LastSignal = 64;

    public const int StatSize = 256;
    public const int CurrentFolder = -100;

    /// <summary>AT_SYMLINK_NOFOLLOW.</summary>
    public const int WithoutFollowing = 0x100;

    /// <summary>STATX_BASIC_STATS.</summary>
    public const uint BasicFacts = 0x7ff;

    public const int WaitForPid = 1;
    public const int WaitExited = 4;
    public const int ErrorInterrupted = 4;
    public const short SpawnSetSignalDefaults = 0x04;
    public const short SpawnSetSignalMask = 0x08;

    public static readonly short SpawnSetSession = (short)(OperatingSystem.IsMacOS() ? 0x0400 : 0x80);
    public static readonly int WaitWithoutReaping = OperatingSystem.IsMacOS() ? 0x20 : 0x01000000;

    /// <summary>The C library has <c>posix_spawn_file_actions_addclosefrom_np</c> (glibc 2.34 and newer).</summary>
    public static readonly bool HasCloseFrom = NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "posix_spawn_file_actions_addclosefrom_np", out _);

    /// <summary>Unit of <c>ru_maxrss</c> in bytes.</summary>
    public static readonly int ResidentUnit = OperatingSystem.IsMacOS() ? 1 : 1024;

    [LibraryImport("libc", EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(out int pid, string file, byte* actions, byte* attributes, nint* arguments, nint* environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int ActionsInit(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int ActionsDestroy(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ActionsAddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int ActionsAddDuplicate(byte* actions, SafeHandle source, int target);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ActionsAddFolder(byte* actions, string folder);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static partial int ActionsAddCloseFrom(byte* actions, int first);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    public static partial int AttributesInit(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    public static partial int AttributesDestroy(byte* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    public static partial int AttributesSetFlags(byte* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int AttributesSetSignalDefaults(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int AttributesSetSignalMask(byte* attributes, byte* signals);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    public static partial int FillSignals(byte* signals);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    public static partial int EmptySignals(byte* signals);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int kind, uint id, byte* information, int options);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    public static partial int Wait4(int pid, out int status, int options, long* usage);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint EffectiveGroup();

    [LibraryImport("libc", EntryPoint = "rmdir", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RemoveFolder(string path);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Stat(int folder, string path, int flags, uint mask, byte* buffer);

    /// <summary>Of the calling thread, when the process is 0; what it starts inherits it.</summary>
    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    public static partial int BindToProcessors(int process, nuint size, byte* mask);

    [LibraryImport("libc", EntryPoint = "sched_getaffinity")]
    public static partial int ReadProcessors(int process, nuint size, byte* mask);

    /// <summary>CAP_SYS_RESOURCE.</summary>
    public static bool MayRaiseLimits()
    {
        const int capability = 24;
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("CapEff:", StringComparison.Ordinal));
        return line is not null && (ulong.Parse(line.AsSpan(7).Trim(), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) >> capability & 1) == 1;
    }
}
