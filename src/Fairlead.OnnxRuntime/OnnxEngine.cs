namespace Fairlead.OnnxRuntime;

/// <summary>
/// What the process has once: the engine's environment, the description of CPU memory and the default allocator. It lives until
/// the process ends, since the engine does not support to be started twice.
/// </summary>
public sealed unsafe class OnnxEngine
{
    // Fatal only: errors reach the caller as exceptions, and nothing else may print to the process's standard error.
    internal const int LogSeverityFatal = 4;
    private const int DeviceAllocator = 0;
    private const int DefaultMemory = 0;
    private static readonly Lazy<OnnxEngine> Instance = new(() => new OnnxEngine(OnnxApi.Shared));

    private OnnxEngine(OnnxApi api)
    {
        Api = api;
        nint handle;
        fixed (byte* name = "fairlead\0"u8)
            api.Check(api.CreateEnv(LogSeverityFatal, name, &handle));
        Environment = handle;
        api.Check(api.DisableTelemetryEvents(handle));
        api.Check(api.CreateCpuMemoryInfo(DeviceAllocator, DefaultMemory, &handle));
        CpuMemory = handle;
        api.Check(api.GetAllocatorWithDefaultOptions(&handle));
        Allocator = handle;
    }

    /// <summary>The version of the engine's library, such as <c>1.30.0</c>.</summary>
    /// <exception cref="OnnxRuntimeException">The library is not there or too old; the message names the paths tried and the cure.</exception>
    public static string Version => OnnxApi.Shared.Version;

    internal static OnnxEngine Shared => Instance.Value;

    internal OnnxApi Api { get; }

    internal nint Environment { get; }

    internal nint CpuMemory { get; }

    internal nint Allocator { get; }
}
