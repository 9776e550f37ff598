using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Services;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;

namespace Fairlead.Monitoring.Tests.Drift;

public sealed class DriftAnalyzerTests
{
    private static readonly DateTimeOffset Week = DriftBench.Now.AddDays(-7);

    [Fact]
    public async Task Report_OfRowsLikeTheTrainingData_CallsNothing()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 4000));
        bench.Ask(DriftBench.Draw(2, 6000), Week.AddDays(-7), DriftBench.Now);

        var report = await bench.RunAsync();

        Assert.Empty(report.Notes);
        Assert.Equal(DriftSeverity.None, report.Severity);
        Assert.Equal([AgainstKind.Training, AgainstKind.Previous], report.Comparisons.Select(comparison => comparison.Against));
        Assert.Equal("split/train.csv of split-1, which train-1 read", report.Comparisons[0].Reference);
        Assert.Equal(4000, report.Comparisons[0].ReferenceRows);
        Assert.Equal(3000, report.Rows);
        Assert.All(report.Comparisons, comparison => Assert.Contains(comparison.Fields, field => field.Name == "output.late"));
        Assert.Equal(["distance", "hour", "origin", "output.late", "vector[0]", "vector[1]", "vector[2]"], report.Comparisons[0].Fields.Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.All(report.Comparisons, comparison => Assert.Empty(comparison.Skipped));
        Assert.Equal(0, report.Metrics["drift.max"]);
    }

    [Fact]
    public async Task Report_OfANewOriginWithLongFlights_NamesItSinceWhenAndWho()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 4000));
        bench.Ask(DriftBench.Draw(2, 8000), Week.AddDays(-14), DriftBench.Now.AddDays(-3).Date);
        var random = new Random(3);
        bench.Ask([.. DriftBench.Draw(4, 3000).Select(flight => random.NextDouble() < 0.4 ? flight with { Origin = "XYZ", Distance = 4000 + random.Next(500) } : flight)], DriftBench.Now.AddDays(-3).Date, DriftBench.Now);

        var report = await bench.RunAsync(DriftBench.Request("training"));

        Assert.Equal(DriftSeverity.Strong, report.Severity);
        var fields = report.Comparisons[0].Fields.ToDictionary(field => field.Name);
        Assert.Equal(DriftSeverity.None, fields["hour"].Severity);
        var origin = fields["origin"];
        Assert.Equal(["XYZ"], origin.NewValues);
        Assert.Contains(origin.Says, sentence => sentence.Contains("values that the training data does not hold: 'XYZ'", StringComparison.Ordinal));
        Assert.Equal(DriftBench.Now.AddDays(-3).Date, origin.BeyondSince?.UtcDateTime);
        var distance = fields["distance"];
        Assert.Equal(DriftSeverity.Strong, distance.Severity);
        Assert.InRange(distance.OutOfRange!.Value, 0.15, 0.35);
        // Its rows are the only ones beyond, though the reference has none of them.
        Assert.Equal(("origin", "XYZ"), (distance.Segments[0].By, distance.Segments[0].Value));
        Assert.True(distance.Segments[0].Contribution > 0.9);
        Assert.Equal(DriftSeverity.Strong, fields["output.late"].Severity);
        Assert.True(report.Metrics["drift.max"] > 0.25);
        Assert.Equal(2, report.Metrics["drift.distance.severity"]);
    }

    [Fact]
    public async Task Reference_WhenTheTrainingRunReadEncodedColumns_IsWhatTheyWereMadeFrom()
    {
        await using var bench = new DriftBench();
        var dataset = await bench.AddDatasetAsync(await bench.PutAsync(DriftBench.Draw(1, 500)));
        var encode = await bench.AddRunAsync("encode", new RunInput("flights", "dataset:flights", dataset.Artifact, dataset.Number, null));
        bench.Deploy(await bench.AddRunAsync("train", new RunInput("rows", "encode/rows.csv", await bench.PutAsync("x1,x2\n1,2\n3,4\n"), null, encode)));
        bench.Ask(DriftBench.Draw(2, 500), Week, DriftBench.Now);

        var report = await bench.RunAsync(DriftBench.Request("training"));

        Assert.Equal("flights@1, which encode-1 read", report.Comparisons[0].Reference);
        Assert.Contains(report.Comparisons[0].Fields, field => field.Name == "origin");
    }

    [Fact]
    public async Task Report_WithoutTrainingData_ComparesWithTheTimeBeforeAndSaysWhy()
    {
        await using var bench = new DriftBench();
        bench.Deploy(await bench.AddRunAsync("import", new RunInput("model", "vendor/model", await bench.PutAsync("just text"), null, null)));
        bench.Ask(DriftBench.Draw(2, 1000), Week.AddDays(-7), DriftBench.Now);

        var report = await bench.RunAsync();

        Assert.Equal(AgainstKind.Previous, Assert.Single(report.Comparisons).Against);
        Assert.Contains("No input of import-1", Assert.Single(report.Notes), StringComparison.Ordinal);
        Assert.Equal(7, report.Comparisons[0].Fields.Count);
    }

    [Fact]
    public async Task Report_OfFewRows_SaysHowManyAreNeeded()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 400));
        bench.Ask(DriftBench.Draw(2, 12), Week, DriftBench.Now);

        var report = await bench.RunAsync();

        Assert.All(report.Comparisons, comparison => Assert.Empty(comparison.Fields));
        Assert.Contains(report.Notes, note => note.Contains("has 12 rows; at least 50 are needed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fields_ThatAreConstantEmptyOddOrHidden_AreToldApart()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 2000).Select(flight => flight with { Hour = 7 }), new CapturePolicy { Redact = ["vector"], Hash = ["origin"] });
        var random = new Random(5);
        bench.Ask([.. DriftBench.Draw(2, 2000).Select((flight, i) => flight with { Hour = i % 100 == 0 ? 8 : 7, Distance = random.NextDouble() < 0.1 ? float.NaN : random.NextDouble() < 0.05 ? float.PositiveInfinity : flight.Distance })], Week, DriftBench.Now);

        var comparison = (await bench.RunAsync(DriftBench.Request("training"))).Comparisons[0];

        Assert.Contains(comparison.Skipped, field => field is { Name: "vector", Reason: "it is redacted: its values are never recorded" });
        Assert.Contains(comparison.Skipped, field => field is { Name: "origin", Reason: "only a hash of it is recorded" });
        var hour = comparison.Fields.Single(field => field.Name == "hour");
        Assert.Equal(["8"], hour.NewValues);
        Assert.InRange(hour.NewShare!.Value, 0.009, 0.011);
        var distance = comparison.Fields.Single(field => field.Name == "distance");
        Assert.InRange(distance.Live.NotFinite!.Value, 0.1, 0.18);
        Assert.NotEqual(DriftSeverity.None, distance.Severity);
        Assert.Contains(distance.Says, sentence => sentence.Contains("not a number or infinite", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Texts_OfThousandsOfValues_AreComparedByTheFrequentOnes_AndNamesAreLeftOut()
    {
        await using var bench = new DriftBench();
        var random = new Random(8);
        string Tail() => $"t{(int)(5000 * random.NextDouble() * random.NextDouble())}";
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 8000).Select(flight => flight with { Origin = Tail() }));
        bench.Ask([.. DriftBench.Draw(2, 4000).Select(flight => flight with { Origin = Tail() })], Week, DriftBench.Now);
        bench.Ask([.. DriftBench.Draw(3, 4000).Select((flight, i) => flight with { Origin = $"id-{i}" })], Week.AddDays(-7), Week);

        var report = await bench.RunAsync();

        var origin = report.Comparisons[0].Fields.Single(field => field.Name == "origin");
        Assert.Equal(DriftSeverity.None, origin.Severity);
        Assert.True(origin.NewShare > 0.05, "many are new, and as many are expected");
        Assert.True(origin.Cells.Count <= 30);
        // Against a week of nothing but names, live rows are all new.
        Assert.Equal(DriftSeverity.Strong, report.Comparisons[1].Fields.Single(field => field.Name == "origin").Severity);
        var names = await bench.RunAsync(DriftBench.Request("previous") with { Until = Week, Window = TimeSpan.FromDays(3.5) });
        Assert.DoesNotContain(names.Comparisons[0].Fields, field => field.Name == "origin");
    }

    [Fact]
    public async Task Months_OfWhichOneIsLaterThanTheTraining_AreSaidToDifferWithHowSure()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 4000));
        for (var month = 1; month <= 3; month++)
        {
            var random = new Random(50 + month);
            var since = new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero);
            var flights = DriftBench.Draw(10 + month, 3000).ConvertAll(flight => month == 2 && random.NextDouble() < 0.2 ? flight with { Late = 1 } : flight);
            await bench.PostAsync(bench.Ask(flights, since, since.AddMonths(1).AddDays(-1)), flights);
        }

        var report = await bench.RunAsync(DriftBench.Request() with { Since = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Every = DriftStride.Month });

        Assert.Equal(["2026-01", "2026-02", "2026-03"], report.Comparisons.Select(comparison => comparison.Period));
        Assert.Equal([DriftSeverity.None, DriftSeverity.Slight, DriftSeverity.None], report.Comparisons.Select(comparison => comparison.Fields.Single(field => field.Name == "outcome.late").Severity));
        var late = report.Comparisons[1].Fields[0];
        Assert.Equal("outcome.late", late.Name);
        Assert.Contains(late.Says, sentence => sentence.StartsWith("The share of 1 went from 2", StringComparison.Ordinal));
        Assert.Contains(late.Says, sentence => sentence.StartsWith("By chance as much is seen with p = ", StringComparison.Ordinal));
        Assert.True(late.DailyPValue < 0.01);
        Assert.InRange(late.Timeline.Count, 27, 28);
    }

    [Fact]
    public async Task Report_AfterOneOutcomeThatIsAText_ComparesTheOthersAsNumbers()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 4000));
        var flights = DriftBench.Draw(11, 3000);
        var ids = bench.Ask(flights, Week, DriftBench.Now);
        await bench.PostAsync(ids, flights);
        using var text = System.Text.Json.JsonDocument.Parse("""{"late": "yes"}""");
        await bench.Outcomes.PostAsync([new Fairlead.Predictions.Outcomes.Outcome(ids[0], text.RootElement)], TestContext.Current.CancellationToken);

        var report = await bench.RunAsync(DriftBench.Request("training"));

        var late = report.Comparisons[0].Fields.Single(field => field.Name == "outcome.late");
        Assert.Equal(DriftSeverity.None, late.Severity);
        Assert.Empty(late.NewValues);
    }

    [Fact]
    public async Task Report_OfOutcomesThatAreTextsButForSome_ComparesTexts()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 1000));
        var before = bench.Ask(DriftBench.Draw(11, 500), Week - TimeSpan.FromDays(7), Week);
        var now = bench.Ask(DriftBench.Draw(12, 500), Week, DriftBench.Now);
        await bench.Outcomes.PostAsync([.. before.Select((id, i) => Gate(id, i % 5 == 0 ? "7" : "A1")), .. now.Select((id, i) => Gate(id, i % 5 == 0 ? "7" : "B2"))], TestContext.Current.CancellationToken);

        var report = await bench.RunAsync(DriftBench.Request("previous"));

        var gate = report.Comparisons[0].Fields.Single(field => field.Name == "outcome.gate");
        Assert.Equal("B2", Assert.Single(gate.NewValues));

        static Fairlead.Predictions.Outcomes.Outcome Gate(Fairlead.Domain.Predictions.PredictionId id, string gate) =>
            new(id, System.Text.Json.JsonDocument.Parse($$"""{"gate": "{{gate}}"}""").RootElement);
    }

    [Fact]
    public async Task Segments_ByAField_AreThoseThatWereAskedFor()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 4000));
        bench.Ask([.. DriftBench.Draw(2, 4000).Select(flight => flight.Hour >= 20 ? flight with { Distance = flight.Distance + 800 } : flight)], Week, DriftBench.Now);

        var report = await bench.RunAsync(DriftBench.Request("training") with { By = "HOUR" });

        var distance = report.Comparisons[0].Fields.Single(field => field.Name == "distance");
        Assert.NotEmpty(distance.Segments);
        Assert.All(distance.Segments, segment => Assert.Equal("hour", segment.By));
        Assert.Equal(["20", "21", "22", "23"], distance.Segments.Take(4).Select(segment => segment.Value).Order());
    }

    [Theory]
    [InlineData("flights@9", null, ProblemKind.NotFound, "There is no dataset version 'flights@9'")]
    [InlineData("training", "orign", ProblemKind.Invalid, "did you mean 'origin'?")]
    public async Task Requests_ThatCannotBe_AreRefusedWithTheCure(string against, string? by, ProblemKind kind, string message)
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 100));
        bench.Ask(DriftBench.Draw(2, 100), Week, DriftBench.Now);

        var refusal = await Assert.ThrowsAsync<FairleadException>(() => bench.RunAsync(DriftBench.Request(against) with { By = by }));

        Assert.Equal(kind, refusal.Kind);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_ForWhatIsNotLive_SayWhatIs()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 100));

        var refusal = await Assert.ThrowsAsync<FairleadException>(() => bench.RunAsync(DriftBench.Request() with { Environment = "stage" }));

        Assert.Equal("'late' is not live in 'stage'; live are 'late' in 'prod'.", refusal.Message);
    }

    [Fact]
    public async Task Report_WhenTheModelCannotBeLoaded_ComparesTheInputsAllTheSame()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 400));
        bench.Ask(DriftBench.Draw(2, 400), Week, DriftBench.Now);
        bench.Scorer.Failure = FairleadException.Damaged("The model 'late@1' was altered on disk.");

        var report = await bench.RunAsync(DriftBench.Request("training"));

        Assert.Contains("'late@1' could not score split/train.csv", Assert.Single(report.Notes), StringComparison.Ordinal);
        Assert.Equal(6, report.Comparisons[0].Fields.Count);
    }

    [Fact]
    public async Task ADataset_ByItsVersion_IsComparedWith()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 400));
        await bench.AddDatasetAsync(await bench.PutAsync(DriftBench.Draw(7, 600)));
        bench.Ask(DriftBench.Draw(2, 400), Week, DriftBench.Now);

        var report = await bench.RunAsync(DriftBench.Request("flights@2", "2026-03-25..2026-03-27"));

        Assert.Equal(["flights@2", "2026-03-25 00:00:00Z..2026-03-27 00:00:00Z"], report.Comparisons.Select(comparison => comparison.Reference));
        Assert.Equal(600, report.Comparisons[0].ReferenceRows);
    }

    [Fact]
    public async Task Watch_ReportsWhatWasAskedSinceTheLastReport_AndNothingElse()
    {
        await using var bench = new DriftBench();
        await bench.DeployTrainedAsync(DriftBench.Draw(1, 1000));
        Assert.Equal(0, await bench.Watch.RunOnceAsync(TestContext.Current.CancellationToken));
        bench.Ask(DriftBench.Draw(2, 500), Week, DriftBench.Now.AddMinutes(-1));

        Assert.Equal(1, await bench.Watch.RunOnceAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await bench.Watch.RunOnceAsync(TestContext.Current.CancellationToken));
        bench.Ask(DriftBench.Draw(3, 5), DriftBench.Now.AddSeconds(-50), DriftBench.Now);
        Assert.Equal(1, await bench.Watch.RunOnceAsync(TestContext.Current.CancellationToken));

        var latest = await bench.Store.FindLatestAsync("late", "prod", TestContext.Current.CancellationToken);
        Assert.Equal(505, latest!.Rows);
        Assert.Equal(latest.ToMetrics(), latest.Metrics);
        Assert.Equal(7, latest.Metrics["drift.fields"]);
    }
}
