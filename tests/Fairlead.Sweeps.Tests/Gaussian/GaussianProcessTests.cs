using System.Diagnostics;
using System.Text.Json.Nodes;
using Fairlead.Sweeps.Gaussian;

namespace Fairlead.Sweeps.Tests.Gaussian;

public sealed class GaussianProcessTests
{
    private static readonly int[] Groups = [0, 1, 2, 2, 2];
    private static readonly KernelSettings Settings = new([-0.7, 0.2, -0.1], 0.3, -4);
    private readonly Observations observations;
    private readonly List<double[]> asked = [];

    public GaussianProcessTests()
    {
        var random = new Random(21);
        var points = Enumerable.Range(0, 30).Select(_ => Groups.Select(_ => random.NextDouble()).ToArray()).ToList();
        observations = new Observations(points, [.. points.Select(point => Math.Sin(6 * point[0]) - point[2] + (0.1 * random.NextDouble()))], Groups);
        asked.AddRange(Enumerable.Range(0, 40).Select(_ => Groups.Select(_ => random.NextDouble() * 1.4).ToArray()));
    }

    [Fact]
    public async Task Process_SameData_SaysWhatTheReferenceSays()
    {
        const double Least = -1.2;
        var expected = await AskAsync(Least);
        var process = new GaussianProcess(observations, Settings);
        Assert.Equal((double)expected["likelihood"]!, process.LogLikelihood, 1e-6);
        for (var i = 0; i < asked.Count; i++)
        {
            var (mean, variance) = process.Predict(asked[i]);
            Assert.Equal((double)expected["mean"]![i]!, mean, 1e-7);
            Assert.Equal((double)expected["variance"]![i]!, variance, 1e-7);
            Assert.Equal((double)expected["improvement"]![i]!, Math.Exp(ExpectedImprovement.Log(mean, variance, Least)), 1e-7);
        }
    }

    [Fact]
    public void Gradient_EachSetting_IsTheSlopeOfTheLikelihood()
    {
        var settings = Settings.ToArray();
        var gradient = new GaussianProcess(observations, Settings).Gradient();
        for (var i = 0; i < settings.Length; i++)
            Assert.Equal((At(i, 1e-5) - At(i, -1e-5)) / 2e-5, gradient[i], 1e-4 * Math.Max(1, Math.Abs(gradient[i])));

        double At(int index, double by)
        {
            var moved = (double[])settings.Clone();
            moved[index] += by;
            return new GaussianProcess(observations, KernelSettings.Of(moved)).LogLikelihood;
        }
    }

    [Fact]
    public void Fit_OfValues_OnlyEverImproves()
    {
        var scores = new List<double>();
        var process = ProcessFit.Find(observations, scores.Add);
        Assert.True(scores.Count > 5);
        Assert.Equal(scores.Order(), scores);
        Assert.True(process.LogLikelihood > new GaussianProcess(observations, new KernelSettings([0, 0, 0], 0, -2)).LogLikelihood);
        // The second column says nothing about the values, and the first much.
        Assert.True(process.Settings.LogScales[1] > process.Settings.LogScales[0] + 1);
    }

    [Fact]
    public void Fit_MeasuredWithoutNoise_GoesThroughThePoints()
    {
        var points = Enumerable.Range(0, 12).Select(i => new[] { i / 11.0 }).ToList();
        var process = ProcessFit.Find(new Observations(points, [.. points.Select(point => Math.Cos(5 * point[0]))], [0]));
        Assert.All(points, point => Assert.Equal(Math.Cos(5 * point[0]), process.Predict(point).Mean, 0.01));
        Assert.Equal(Math.Cos(5 * 0.4), process.Predict([0.4]).Mean, 0.02);
        Assert.True(process.Predict([3.0]).Variance > 10 * process.Predict([0.5]).Variance);
    }

    [Fact]
    public void Fit_PointsThatCoincide_KnowsThatValuesAreNoisy()
    {
        var random = new Random(2);
        var points = Enumerable.Range(0, 40).Select(i => new[] { i % 4 / 3.0 }).ToList();
        var process = ProcessFit.Find(new Observations(points, [.. points.Select(_ => random.NextDouble() - 0.5)], [0]));
        Assert.True(Math.Exp(process.Settings.LogNoise) > 0.01, $"{Math.Exp(process.Settings.LogNoise)}");
        Assert.InRange(process.Predict([1.0 / 3]).Mean, -0.3, 0.3);
    }

    private async Task<JsonNode> AskAsync(double least)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "Gaussian", "reference.py")]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var python = Process.Start(start)!;
        await python.StandardInput.WriteAsync(new JsonObject
        {
            ["points"] = Rows(observations.Points),
            ["values"] = Row(observations.Values),
            ["groups"] = new JsonArray([.. Groups.Select(group => (JsonNode)group)]),
            ["logScales"] = Row(Settings.LogScales),
            ["logVariance"] = Settings.LogVariance,
            ["logNoise"] = Settings.LogNoise,
            ["asked"] = Rows(asked),
            ["least"] = least,
        }.ToJsonString());
        python.StandardInput.Close();
        var answer = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonNode.Parse(answer)!;
    }

    private static JsonArray Rows(IEnumerable<double[]> rows) => new([.. rows.Select(row => (JsonNode)Row(row))]);

    private static JsonArray Row(IEnumerable<double> row) => new([.. row.Select(value => (JsonNode)value)]);
}
