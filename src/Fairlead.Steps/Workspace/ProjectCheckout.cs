namespace Fairlead.Steps.Workspace;

/// <summary>The project at one commit in a folder of its own, kept there until this is disposed.</summary>
/// <param name="workspace">Reads that folder.</param>
/// <param name="release">Called once.</param>
public sealed class ProjectCheckout(GitWorkspace workspace, Action release) : IDisposable
{
    private Action? release = release;

    public GitWorkspace Workspace => workspace;

    public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke();
}
