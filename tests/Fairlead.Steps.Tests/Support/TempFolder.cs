using System.Diagnostics;

namespace Fairlead.Steps.Tests.Support;

/// <summary>A folder of one test, gone when the test ends. Its name has a space and a letter beyond ASCII on purpose.</summary>
internal sealed class TempFolder : IDisposable
{
    /// <param name="parent">Where it lies; null for the system's temporary folder.</param>
    public TempFolder(string? parent = null) =>
        Path = parent is null ? Directory.CreateTempSubdirectory("fairlead steps ü ").FullName : Directory.CreateDirectory(System.IO.Path.Combine(parent, "fairlead steps ü")).FullName;

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, string content)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Copied by another process: a file that this one had open for writing could still be open in a child that another test starts.</summary>
    public string WriteProgram(string name, string content)
    {
        var source = Write(name + ".source", content);
        using var copy = Process.Start("install", ["-m", "755", source, this[name]]);
        copy.WaitForExit();
        Assert.Equal(0, copy.ExitCode);
        return this[name];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
