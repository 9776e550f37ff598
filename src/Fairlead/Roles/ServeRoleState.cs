using Fairlead.CommandLine;
using Fairlead.Domain.Projects;

namespace Fairlead.Roles;

/// <summary>Where a host over a folder keeps its state: where it is told to, or in a folder of its own that goes with it.</summary>
internal sealed class ServeRoleState : IDisposable
{
    private readonly OwnedTempFolder? own;

    /// <param name="folder">Null for a folder of its own.</param>
    public ServeRoleState(string? folder)
    {
        own = folder is null ? OwnedTempFolder.Create("fairlead-serve-") : null;
        Folder = new StateFolder(folder ?? own!.Path);
    }

    public StateFolder Folder { get; }

    public void Dispose() => own?.Dispose();
}
