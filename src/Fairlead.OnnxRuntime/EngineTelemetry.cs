using System.Runtime.InteropServices;

namespace Fairlead.OnnxRuntime;

/// <summary>
/// Switches the engine's telemetry off. The published libraries report process, model and error events over the network unless
/// told not to, and keep memory for every failed call while they do.
/// </summary>
internal static partial class EngineTelemetry
{
    public const string Switch = "ORT_DISABLE_TELEMETRY";

    /// <summary>Must be called before the library is loaded: the switch is read once, and creating the environment already reports.</summary>
    public static void SwitchOff()
    {
        Environment.SetEnvironmentVariable(Switch, "1");
        // .NET keeps its own copy of the environment there, which native code does not see.
        if (!OperatingSystem.IsWindows() && SetNative(Switch, "1", 1) != 0)
            throw new OnnxRuntimeException(OnnxErrorCode.None, $"The telemetry of ONNX Runtime could not be switched off; set '{Switch}=1' in the environment.");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
