using System.Globalization;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>SQL of users runs in processes of its own: it cannot take the control plane with it, and no process stays behind.</summary>
public sealed class QueryProcessTests
{
    private const string ForEver = "select sum(hash(a.range, b.range)) from range(10000000) a, range(10000000) b";

    [Fact]
    public async Task Query_ThatTakesAllMemory_EndsAloneAndSaysHowToAllowMore()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync("--query-memory", "128");
        var control = project.ProcessOf("control");
        Assert.Equal(1, (await project.MustAsync("query", "select 1 as n", "--format", "json")).Json[0].GetProperty("n").GetInt32());
        var before = Resident(control);

        var chain = string.Concat(Enumerable.Range(1, 40).Select(i => $", s{i} as (select s || s as s from s{i - 1})"));
        var bomb = await project.RunAsync("query", $"with s0 as (select '0123456789' as s){chain} select len(s) from s40");

        Assert.Equal(8, bomb.ExitCode);
        Assert.Contains("--query-memory", bomb.Errors);
        Assert.Equal(control, project.ProcessOf("control"));
        Assert.InRange(Resident(control), 1, before + (100L << 20));
        Assert.Equal(1, (await project.MustAsync("query", "select 1 as n", "--format", "json")).Json[0].GetProperty("n").GetInt32());
        var refused = await project.RunAsync("control", "--query-memory", "5");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("'5'", refused.Errors);
    }

    [Fact]
    public async Task Query_WhoseCallerLeaves_Ends()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.MustAsync("query", "select 1 as n");
        using (var query = CliProcess.Start(project, "query", ForEver))
        {
            await project.EventuallyAsync(() => Task.FromResult(Busy(project)), busy => busy > 0);
            query.Interrupt();
            Assert.Equal(130, (await query.WaitForExitAsync()).ExitCode);
        }

        // Nobody computes: what their processor time is stays what it is.
        await project.MustAsync("query", "select 1 as n");
        var used = Busy(project);
        await project.MustAsync("query", "select 2 as n");
        Assert.InRange(Busy(project) - used, 0, 50);
    }

    [Fact]
    public async Task Workers_OfTwoControlPlanes_EndEachWithItsOwnHoweverItEnds()
    {
        await using var killed = TempProject.Churn();
        await using var stopped = TempProject.Churn();
        await killed.UpAsync();
        await stopped.UpAsync();
        await Task.WhenAll(killed.MustAsync("query", "select 1 as n"), stopped.MustAsync("query", "select 1 as n"));
        Assert.NotEmpty(Workers(killed));
        Assert.NotEmpty(Workers(stopped));

        using var running = CliProcess.Start(killed, "query", ForEver);
        await killed.EventuallyAsync(() => Task.FromResult(Busy(killed)), busy => busy > 0);
        Signals.Kill(killed.ProcessOf("control"));
        await killed.EventuallyAsync(() => Task.FromResult(Workers(killed).Count), count => count == 0);
        Assert.NotEmpty(Workers(stopped));
        Assert.Equal(6, (await running.WaitForExitAsync()).ExitCode);

        await stopped.MustAsync("down");
        Assert.Empty(Workers(stopped));
    }

    private static IReadOnlyList<int> Workers(TempProject project) =>
        [.. Signals.ProcessesNaming("query-worker").Where(id => Read(id, "cmdline").Contains(project.Root, StringComparison.Ordinal) && Read(id, "stat") is { Length: > 0 } stat && StatOf(stat)[0] is not "Z")];

    /// <summary>Hundredths of a second that the project's workers have computed, without their start.</summary>
    private static long Busy(TempProject project) => Workers(project).Select(id => Read(id, "stat")).Where(stat => stat.Length > 0)
        .Sum(stat => Math.Max(0, long.Parse(StatOf(stat)[11], CultureInfo.InvariantCulture) - 100));

    private static string[] StatOf(string stat) => stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

    private static long Resident(int process) => long.Parse(Read(process, "statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
