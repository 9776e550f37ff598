using System.Runtime.InteropServices;

namespace Fairlead.OnnxRuntime.Tests;

public sealed partial class EngineTelemetryTests
{
    [Fact]
    public void Version_EngineLoaded_NativeCodeSeesTelemetrySwitchedOff()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has one environment for managed and native code.");
        Assert.NotEmpty(OnnxEngine.Version);
        Assert.Equal("1", Marshal.PtrToStringUTF8(GetNative(EngineTelemetry.Switch)));
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetNative(string name);
}
