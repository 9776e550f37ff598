using Fairlead.Domain.Projects;
using Fairlead.Domain.Services;

namespace Fairlead.ProjectFile.Tests;

public sealed class EvaluationTests
{
    private const string Services =
        "project: p\nsteps: { train: { run: x, outputs: [model.onnx] } }\nmodels: { late: { from: train/model.onnx } }\nservices:\n  late:\n    model: late\n";

    [Fact]
    public void Read_Evaluation_IsTheServices()
    {
        var reading = Read("    evaluation: { score: late, label: \"outcome.minutes >= 15\", task: binary, threshold: 0.4 }\n");
        Assert.Empty(reading.Problems);
        Assert.Equal(
            new EvaluationPolicy { Score = "late", Label = "outcome.minutes >= 15", Task = EvaluationTask.Binary, Threshold = 0.4 },
            reading.Project!.Services[0].Evaluation);
        Assert.Null(Read("").Project!.Services[0].Evaluation);
    }

    [Theory]
    [InlineData("task: guess", "'task'")]
    [InlineData("threshold: high", "'threshold'")]
    [InlineData("scores: late", "'scores'")]
    [InlineData("score: []", "'score'")]
    public void Read_EvaluationWithAMistake_NamesIt(string entry, string part) =>
        Assert.Contains(part, Assert.Single(Read($"    evaluation: {{ {entry} }}\n").Problems).Message, StringComparison.Ordinal);

    private static ProjectReading Read(string evaluation) => new YamlProjectReader().Read(Services + evaluation);
}
