namespace Fairlead.Conformance.Tests.Running;

/// <summary>A test's own folder, removed at its end.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fairlead-conformance-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
