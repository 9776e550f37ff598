using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Git;

/// <param name="root">The project's folder.</param>
/// <param name="mirrors">Folder of the copies of other repositories.</param>
/// <param name="secrets">Gives the value of a reference.</param>
internal sealed class GitKind(string root, string mirrors, Func<string, string> secrets, GitProgram git, PushNotes notes, TimeProvider time) : ITriggerKind
{
    private readonly MirrorGates gates = new();

    public string Name => "git";

    public ITriggerSource Create(TriggerContext trigger)
    {
        IGitRepository repository = trigger.Settings.Text("url") is null
            ? new LocalRepository(root, git, time)
            : new RemoteRepository(new RemoteAccess(trigger.Settings, secrets), mirrors, git, gates);
        return new GitSource(trigger, repository, new GitHistory(root, git), git, notes, time);
    }
}
