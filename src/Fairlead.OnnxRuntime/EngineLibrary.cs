using System.Runtime.InteropServices;

namespace Fairlead.OnnxRuntime;

/// <summary>Finds and loads the engine's shared library.</summary>
internal static class EngineLibrary
{
    public const string FolderVariable = "FAIRLEAD_NATIVE";

    public static string FileName =>
        OperatingSystem.IsWindows() ? "onnxruntime.dll"
        : OperatingSystem.IsMacOS() ? "libonnxruntime.1.dylib"
        : "libonnxruntime.so.1";

    public static nint Load()
    {
        EngineTelemetry.SwitchOff();
        return Load(Environment.GetEnvironmentVariable(FolderVariable), AppContext.BaseDirectory);
    }

    /// <param name="chosenFolder">Tried first when set.</param>
    /// <param name="baseFolder">The folder of the program.</param>
    /// <exception cref="OnnxRuntimeException">None of the folders holds a library that loads; the message names them all.</exception>
    public static nint Load(string? chosenFolder, string baseFolder)
    {
        var tried = new List<string>();
        foreach (var folder in Folders(chosenFolder, baseFolder))
        {
            var path = Path.Combine(folder, FileName);
            if (!File.Exists(path))
            {
                tried.Add($"'{path}' (not there)");
                continue;
            }

            try
            {
                return NativeLibrary.Load(path);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                tried.Add($"'{path}' ({e.Message.ReplaceLineEndings(" ").Trim()})");
            }
        }

        throw new OnnxRuntimeException(
            OnnxErrorCode.None,
            $"ONNX Runtime was not found; tried {string.Join(", ", tried)}; run 'npm ci --ignore-scripts' in native/ and build again, or name its folder in {FolderVariable}.");
    }

    private static IEnumerable<string> Folders(string? chosenFolder, string baseFolder)
    {
        if (!string.IsNullOrEmpty(chosenFolder))
            yield return Path.GetFullPath(chosenFolder);
        yield return Path.Combine(baseFolder, "native");
        yield return baseFolder;
    }
}
