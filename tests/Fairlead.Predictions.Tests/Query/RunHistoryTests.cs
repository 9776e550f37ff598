using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tests.Query;

public sealed class RunHistoryTests
{
    private readonly CountedRuns runs = new();

    [Fact]
    public async Task Read_AgainAndAgain_ReadsEachEndedRunOnceAndIsInTheOrderOfTheCatalog()
    {
        var history = new RunHistory(runs);
        var random = new Random(5);
        for (var round = 0; round < 60; round++)
        {
            for (var added = random.Next(round == 7 ? 500 : 12); added > 0; added--)
                runs.Add(random.Next(4) == 0 ? RunStatus.Running : RunStatus.Succeeded);
            runs.EndOne(random);

            var read = await history.ReadAsync(TestContext.Current.CancellationToken);

            Assert.Equal(runs.NewestFirst().Select(run => (run.Id, run.Status)), read.Select(run => (run.Id, run.Status)));
        }

        // A look at the newest few for each round, and a longer one when many were new.
        Assert.InRange(runs.Listed, runs.NewestFirst().Count(), 60 * 64 + 3000);
    }

    [Fact]
    public async Task Read_OfAnotherCatalog_ForgetsTheOldOne()
    {
        var history = new RunHistory(runs);
        runs.Add(RunStatus.Succeeded);
        await history.ReadAsync(TestContext.Current.CancellationToken);
        runs.Clear();
        runs.Add(RunStatus.Succeeded, "other");
        Assert.Equal("other-1", Assert.Single(await history.ReadAsync(TestContext.Current.CancellationToken)).Id.ToString());
    }

    private sealed class CountedRuns : IRunCatalog
    {
        private readonly List<Run> all = [];

        public int Listed { get; private set; }

        public IEnumerable<Run> NewestFirst() => Enumerable.Reverse(all);

        public void Clear() => all.Clear();

        public void Add(RunStatus status, string step = "train") => all.Add(new Run
        {
            Id = new RunId(step, all.Count + 1),
            Key = Digest.Of("k"u8),
            KeyParts = [new KeyPart("platform", "linux-x64")],
            Status = status,
            Commit = new CommitState("0123", "main", null),
            Command = "x",
            Parameters = new Dictionary<string, System.Text.Json.JsonElement>(),
            Inputs = [],
            StartedAt = DateTimeOffset.UnixEpoch,
            Machine = "m",
            StartedBy = "ann",
            Sandbox = "none",
        });

        public void EndOne(Random random)
        {
            var running = Enumerable.Range(0, all.Count).Where(place => all[place].Status == RunStatus.Running).ToList();
            if (running.Count > 0)
            {
                var place = running[random.Next(running.Count)];
                all[place] = all[place] with { Status = RunStatus.Failed };
            }
        }

        public Task<Run?> FindAsync(RunId id, CancellationToken cancellationToken) => Task.FromResult(all.Find(run => run.Id == id));

        public Task<IReadOnlyList<Run>> ListAsync(string? step, int limit, CancellationToken cancellationToken)
        {
            IReadOnlyList<Run> listed = [.. NewestFirst().Take(limit)];
            Listed += listed.Count;
            return Task.FromResult(listed);
        }

        public Task<Run> StartAsync(string step, Func<RunId, Run> create, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task FinishAsync(Run run, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Run?> FindByKeyAsync(string step, Digest key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Run?> FindLatestAsync(string step, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> MarkLostAsync(DateTimeOffset at, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
