using System.Text;
using Fairlead.Sandbox.Processes;

namespace Fairlead.Steps.Execution;

/// <summary>
/// Ends everything that a step left behind: its process group, then whatever <c>/proc</c> still shows as its descendant, as a member of
/// its session, or with its environment (a daemon that forked twice and changed its session still has that).
/// </summary>
internal static class ProcessTree
{
    /// <summary>The variable by whose value a process is recognised as a step's.</summary>
    public const string Marker = "FAIRLEAD_OUT";
    private const int Attempts = 400;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <param name="leader">The step's own process: ended with its group, and left to its parent to reap.</param>
    /// <param name="folder">Working folder of the run.</param>
    public static async Task EndAsync(int leader, string folder, TimeProvider time)
    {
        var family = new HashSet<int> { leader };
        var since = ProcessTable.Find(leader, withEnded: true)?.StartedAt ?? 0;
        Collect(family, leader, since, folder);
        _ = Libc.Kill(-leader, Libc.SigKill);
        await EndAllAsync(() => Collect(family, leader, since, folder), time);
    }

    /// <summary>
    /// Ends a sandboxed step by its first process inside, with which the system ends all others before the leader hears of it;
    /// by the leader only when that does not help, since then nobody waits for the others.
    /// </summary>
    /// <param name="exited">Completes when the leader has ended.</param>
    public static async Task EndNamespaceAsync(int leader, Task exited, TimeProvider time)
    {
        for (var attempt = 0; attempt < Attempts && !exited.IsCompleted; attempt++)
        {
            foreach (var process in ProcessTable.Read().Where(process => process.Parent == leader))
                _ = Libc.Kill(process.Id, Libc.SigKill);
            await Task.WhenAny(exited, Task.Delay(Pause, time));
        }

        if (!exited.IsCompleted)
            _ = Libc.Kill(-leader, Libc.SigKill);
    }

    /// <summary>Ends all processes of steps whose working folders lie below the given one: those of a control plane that was killed.</summary>
    /// <returns>How many were found.</returns>
    public static async Task<int> EndOrphansAsync(string workFolder, TimeProvider time)
    {
        var found = new HashSet<int>();
        await EndAllAsync(() => Collect(found, leader: null, since: 0, workFolder), time);
        return found.Count;
    }

    /// <summary>Kills what is found until nothing is: a process may fork while it is being looked for, and takes a moment to die.</summary>
    private static async Task EndAllAsync(Func<IReadOnlyList<int>> find, TimeProvider time)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var alive = find();
            if (alive.Count == 0)
                return;
            foreach (var pid in alive)
                _ = Libc.Kill(pid, Libc.SigKill);
            await Task.Delay(Pause, time);
        }
    }

    /// <summary>The living members of the family; those found anew are added to it, so that their descendants are found when they are gone.</summary>
    /// <param name="since">Older processes are not looked at: that spares reading every environment of the machine after every step.</param>
    private static List<int> Collect(HashSet<int> family, int? leader, long since, string folder)
    {
        var marker = Encoding.UTF8.GetBytes($"{Marker}={folder}/");
        var alive = ProcessTable.Read(since);
        bool grew;
        do
        {
            grew = false;
            foreach (var process in alive)
            {
                if (!family.Contains(process.Id) && Belongs(process))
                    grew |= family.Add(process.Id);
            }
        }
        while (grew);
        return [.. alive.Where(process => family.Contains(process.Id)).Select(process => process.Id)];

        bool Belongs(ProcessEntry process) =>
            family.Contains(process.Parent)
            || (leader is not null && (process.Session == leader || process.Group == leader))
            || process.HasVariable(marker);
    }
}
