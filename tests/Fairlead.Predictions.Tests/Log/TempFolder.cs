namespace Fairlead.Predictions.Tests.Log;

/// <summary>A folder of one test's own, gone when the test is over.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fairlead-log-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
