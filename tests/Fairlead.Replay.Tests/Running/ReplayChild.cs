using Fairlead.Replay.Running;

namespace Fairlead.Replay.Tests.Running;

/// <summary>The process that gets killed: this program, asked for this test alone with a project's folder in the environment, replays what was recorded there.</summary>
public sealed class ReplayChild
{
    public const string FolderVariable = "FAIRLEAD_TEST_REPLAY_CHILD";
    public const string Done = "the replay is done";
    public const int ChunkRows = 400;

    public static readonly string[] Arguments = ["-explicit", "only", "-class", typeof(ReplayChild).FullName!, "-noColor"];

    [Fact(Explicit = true)]
    public async Task Run_InAProcessOfItsOwn_Ends()
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "It is the child of another test.");
        await using var bench = new Bench(folder);
        var engine = bench.Engine(2, ChunkRows);
        await engine.RecoverAsync(TestContext.Current.CancellationToken);
        if (await bench.Replays.ListAsync(null, 1, TestContext.Current.CancellationToken) is [{ Status: ReplayStatus.Stopped } record])
            await engine.ResumeAsync(record.Number, _ => { }, TestContext.Current.CancellationToken);
        else
            await engine.RunAsync(Bench.Order("late@2") with { By = ["origin"] }, _ => { }, TestContext.Current.CancellationToken);
        Console.WriteLine(Done);
    }
}
