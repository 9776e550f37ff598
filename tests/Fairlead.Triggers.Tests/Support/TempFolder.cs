namespace Fairlead.Triggers.Tests.Support;

/// <summary>A folder of one test, gone when the test ends. Its name has a space and a letter beyond ASCII on purpose.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("fairlead triggers ü ").FullName;

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
