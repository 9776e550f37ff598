using Fairlead.Domain.Projects;

namespace Fairlead.Roles;

/// <summary>Where a host over a folder keeps its state: where it is told to, or in a folder of its own that goes with it.</summary>
internal sealed class ServeRoleState : IDisposable
{
    private readonly DirectoryInfo? own;

    /// <param name="folder">Null for a folder of its own.</param>
    public ServeRoleState(string? folder)
    {
        own = folder is null ? Directory.CreateTempSubdirectory("fairlead-serve-") : null;
        Folder = new StateFolder(folder ?? own!.FullName);
    }

    public StateFolder Folder { get; }

    public void Dispose() => own?.Delete(recursive: true);
}
