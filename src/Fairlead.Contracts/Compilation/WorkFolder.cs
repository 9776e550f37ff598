namespace Fairlead.Contracts.Compilation;

/// <summary>A temporary folder of one compilation.</summary>
internal sealed class WorkFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("fairlead-contract-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
