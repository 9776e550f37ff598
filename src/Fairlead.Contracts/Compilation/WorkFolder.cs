namespace Fairlead.Contracts.Compilation;

/// <summary>A temporary folder of one compilation.</summary>
internal sealed class WorkFolder : IDisposable
{
    private const string Prefix = "contract-";

    /// <param name="parent">What its owner sweeps at its start; null for the system's folder of temporary things.</param>
    public WorkFolder(string? parent) =>
        Root = parent is null
            ? Directory.CreateTempSubdirectory("fairlead-" + Prefix).FullName
            : Directory.CreateDirectory(Path.Combine(parent, Prefix + Guid.NewGuid().ToString("N"))).FullName;

    public string Root { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
