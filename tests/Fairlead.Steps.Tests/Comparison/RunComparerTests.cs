using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Annotations;
using Fairlead.Steps.Comparison;
using Fairlead.Steps.Tests.Support;

namespace Fairlead.Steps.Tests.Comparison;

/// <summary>Runs of a real project side by side, and why they are not the same.</summary>
public sealed class RunComparerTests : IDisposable
{
    private const string Yaml = """
        project: tiny
        datasets:
          words: { path: words.txt }
        steps:
          split:
            run: head -n $FAIRLEAD_PARAM_N in/words > out/part.txt
            inputs: { words: dataset:words }
            params: { n: 2 }
            outputs: [part.txt]
          train:
            run: sh code/train.sh
            code: [code/]
            inputs: { part: split/part.txt }
            params: { l2: 0.1, name: a }
            outputs: [model.txt]
            metrics: metrics.json
          evaluate:
            run: wc -c < in/model > out/size.txt
            inputs: { model: train/model.txt }
            outputs: [size.txt]
        """;

    private readonly TestProject project = new(Yaml);

    public RunComparerTests()
    {
        project.Write("words.txt", "a\nb\nc\n");
        project.Write("code/train.sh", "cat in/part params.json > out/model.txt; echo '{\"auc\": 0.5, \"loss\": 3, \"rows\": 7}' > out/metrics.json\n");
        project.Write("code/note.txt", "first\n");
        Commit();
    }

    private RunComparer Comparer => new(project.Catalog, project.Store, new RunNotebook(new MemoryRecords(), TimeProvider.System));

    private RunExplainer Explainer => new(project.Catalog, project.Store);

    public void Dispose() => project.Dispose();

    [Fact]
    public async Task Compare_OfRunsOfOtherCodeAndParameters_NamesTheFilesTheValuesAndTheBest()
    {
        await RunAsync();
        project.Edit("fairlead.yaml", "l2: 0.1, name: a", "l2: 0.2, name: a");
        project.Edit("code/train.sh", "0.5, \"loss\": 3", "0.75, \"loss\": 2");
        project.Write("code/more.txt", "x");
        File.Delete(Path.Combine(project.Root, "code/note.txt"));
        Commit();
        await RunAsync();

        var comparison = await Comparer.CompareAsync([new RunId("train", 1), new RunId("train", 2), new RunId("train", 1)], TestProject.Token);

        Assert.Equal(["code/more.txt", "code/note.txt", "code/train.sh"], comparison.Code.Select(file => file.Name));
        Assert.Equal([true, false, true], comparison.Code[0].Values.Select(value => value is null));
        Assert.Equal(["0.1", "0.2", "0.1"], comparison.Parameters.Single(value => value.Differs).Values);
        Assert.Equal([("auc", "1"), ("loss", "1"), ("rows", "")], comparison.Metrics.Select(metric => (metric.Name, string.Join(' ', metric.Best))));
        Assert.DoesNotContain(comparison.Inputs, value => value.Differs);
        Assert.Single(comparison.Outputs, value => value.Differs);
        Assert.Equal("train-2 is not train-1 since code:code changed (added code/more.txt, removed code/note.txt, changed code/train.sh), and 1 more part of its key.", comparison.Explanations[0].Summary);
        Assert.Contains("made the same", comparison.Explanations[1].Summary);
    }

    [Fact]
    public async Task Why_OfWhatChangedFarUp_NamesItAndTheWay()
    {
        await RunAsync();
        project.Edit("fairlead.yaml", "n: 2", "n: 1");
        await RunAsync();
        project.Write("words.txt", "z\nb\nc\n");
        await RunAsync();

        Assert.Equal("evaluate-1 is the first run of 'evaluate' that could have been reused.", (await WhyAsync("evaluate-1")).Summary);
        var why = await WhyAsync("evaluate-2");
        Assert.Equal("evaluate-2 is not evaluate-1 since param:n of split-2 changed from 2 to 1.", why.Summary);
        var input = Assert.Single(why.Changes);
        Assert.Equal(("input:model", "train-1", "train-2"), (input.Part, input.Before, input.Now));
        Assert.Equal(["input:part"], input.From!.Changes.Select(change => change.Part));
        Assert.Equal("train-3 is not train-2 since input:words of split-3 changed from words@1 to words@2.", (await WhyAsync("train-3")).Summary);
    }

    [Fact]
    public async Task Why_OfWhatIsNeverTheSame_SaysThatTheStepIsNot()
    {
        project.Edit("fairlead.yaml", "run: head -n $FAIRLEAD_PARAM_N in/words > out/part.txt", "run: cat /proc/sys/kernel/random/uuid > out/part.txt");
        Commit();
        await RunAsync();
        var first = (await project.Catalog.FindAsync(new RunId("split", 1), TestProject.Token))!;
        File.Delete(project.Store.PathOf(first.Outputs[0].Artifact.Digest));
        await RunAsync();

        Assert.Equal("split-2 has the key of split-1 and made other bytes: the step 'split' does not make the same twice.", (await WhyAsync("split-2")).Summary);
        Assert.Equal(
            "train-2 is not train-1 since input:part changed from split-1 to split-2: split-2 has the key of split-1 and made other bytes: the step 'split' does not make the same twice.",
            (await WhyAsync("train-2")).Summary);
    }

    [Fact]
    public async Task Compare_OfWhatThereIsNot_IsRefused()
    {
        await RunAsync();
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => Comparer.CompareAsync([new RunId("train", 1), new RunId("train", 9)], TestProject.Token))).Kind);
        Assert.Equal(ProblemKind.Invalid, (await Assert.ThrowsAsync<FairleadException>(() => Comparer.CompareAsync([new RunId("train", 1)], TestProject.Token))).Kind);
        Assert.Equal(ProblemKind.NotFound, (await Assert.ThrowsAsync<FairleadException>(() => WhyAsync("nothing-1"))).Kind);
    }

    private Task<RunExplanation> WhyAsync(string run) => Explainer.WhyAsync(RunId.Parse(run), TestProject.Token);

    private async Task RunAsync() => Assert.True((await project.RunAsync()).Succeeded);

    private void Commit()
    {
        project.Git("add", "-A");
        project.Git("commit", "-qm", "change");
    }
}
