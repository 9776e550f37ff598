using Fairlead.Catalog;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Driving;

namespace Fairlead.Pipelines.Tests.Driving;

public sealed class LeaseTermTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(20);
    private readonly ShiftedTime time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ensure_LeaseThatIsNearlyOver_IsProlongedOnce()
    {
        var prolonged = 0;
        var term = new LeaseTerm(Length, time.GetTimestamp(), (own, _) => Prolong(own), time);
        await term.EnsureAsync(Cancellation);
        Assert.Equal((true, 0), (term.IsSure, prolonged));

        time.Shift(TimeSpan.FromMinutes(16));
        Assert.False(term.IsSure);
        await term.EnsureAsync(Cancellation);

        Assert.Equal((true, 1), (term.IsSure, prolonged));

        Task Prolong(LeaseTerm own)
        {
            prolonged++;
            own.Prolong(time.GetTimestamp());
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Ensure_CatalogThatCannotBeWritten_IsAskedAgain()
    {
        var tries = 0;
        var term = new LeaseTerm(Length, time.GetTimestamp(), (own, _) => Prolong(own), time);
        time.Shift(Length);

        await term.EnsureAsync(Cancellation);

        Assert.Equal(3, tries);

        Task Prolong(LeaseTerm own)
        {
            if (++tries < 3)
                throw FairleadException.Unavailable("The disk is full.");
            own.Prolong(time.GetTimestamp());
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Begin_OnALeaseThatSomebodyElseHasMeanwhile_IsLeftToThem()
    {
        var folder = Directory.CreateTempSubdirectory("fairlead-pipelines-");
        await using (var catalog = SqliteCatalog.Open(Path.Combine(folder.FullName, "catalog.db"), time))
        {
            var project = Sample.Project(Sample.Pipeline("p", Sample.Script("a")));
            var (held, slow, quick) = (new HeldActivity(), new AskedActivity(), new AskedActivity());
            quick.Answer.SetResult();
            int number;
            await using (var first = Engines.Create(catalog.Executions, project, new PipelineEngineOptions { Owner = "first" }, time, held))
            {
                number = await first.StartAsync("p", new Dictionary<string, System.Text.Json.JsonElement>(), new ExecutionCause("manual", "ann"), null, Cancellation);
                await held.Begun(number);
            }

            await using var stood = Engines.Create(catalog.Executions, project, new PipelineEngineOptions { Owner = "stood" }, time, slow);
            await stood.RunOnceAsync(Cancellation);
            await slow.Asked;

            // It stands still now, for longer than its lease.
            time.Shift(TimeSpan.FromHours(1));
            await using var other = Engines.Create(catalog.Executions, project, new PipelineEngineOptions { Owner = "other" }, time, quick);
            await other.RunOnceAsync(Cancellation);
            await other.EndAsync(number, Cancellation);
            slow.Answer.SetResult();
            while (stood.Driven > 0)
                await Task.Yield();

            Assert.Equal((0, 1), (slow.Runs, quick.Runs));
        }

        folder.Delete(recursive: true);
    }
}
