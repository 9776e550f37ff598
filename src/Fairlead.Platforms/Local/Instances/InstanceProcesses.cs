using System.Text;
using Fairlead.Sandbox.Processes;

namespace Fairlead.Platforms.Local.Instances;

/// <summary>The processes of one instance: the leader's session, and whatever has the instance's own folder as its home.</summary>
/// <param name="leader">Process id, also that of its group and session.</param>
/// <param name="folder">The private folder by which processes that left the session are recognised; null in a sandbox, whose end is theirs, too.</param>
internal sealed class InstanceProcesses(int leader, string? folder)
{
    private const int Attempts = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Asks the program to end; false when there is none to ask.</summary>
    public bool Terminate()
    {
        if (folder is not null)
            return NativeMethods.Kill(-leader, NativeMethods.SigTerm) == 0;
        // Leader > sandbox > the first process of the sandbox, which leads the program's group and itself outlives the signal.
        var all = ProcessTable.Read();
        var wrapper = all.FirstOrDefault(process => process.Parent == leader);
        var first = all.FirstOrDefault(process => process.Parent == wrapper?.Id);
        return first is not null && first.Group == first.Id && NativeMethods.Kill(-first.Group, NativeMethods.SigTerm) == 0;
    }

    /// <summary>Ends the leader's group at once; a sandbox ends with its wrapper, which is a member.</summary>
    public void Kill() => _ = NativeMethods.Kill(-leader, NativeMethods.SigKill);

    /// <summary>Kills what is found until nothing is: a process may fork while it is looked for, and takes a moment to die.</summary>
    public async Task EndAllAsync(TimeProvider time)
    {
        Kill();
        if (folder is null)
            return;
        var home = Encoding.UTF8.GetBytes($"HOME={folder}/");
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var found = ProcessTable.Read().Where(process => process.Session == leader || process.HasVariable(home)).ToList();
            if (found.Count == 0)
                return;
            foreach (var process in found)
                _ = NativeMethods.Kill(process.Id, NativeMethods.SigKill);
            await Task.Delay(Pause, time, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
