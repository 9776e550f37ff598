using System.Diagnostics;
using System.Text.Json;
using Fairlead.Statistics.Drift;

namespace Fairlead.Statistics.Tests.Drift;

/// <summary>The same samples, seeded, by scipy: by the one that is installed, and by what it said when the golden file was written.</summary>
public sealed class ScipyTests
{
    private const string Python = "/usr/bin/python3";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Drift", "Golden");

    [Fact]
    public void Statistics_OfSeededSamples_AreThoseThatScipyGave()
    {
        var golden = JsonSerializer.Deserialize<ScipyAnswer[]>(File.ReadAllText(Path.Combine(Folder, "scipy_answers.json")), Json)!;
        Compare(golden);
    }

    [Fact]
    public async Task Statistics_OfSeededSamples_AreThoseOfTheScipyInstalledHere()
    {
        if (await RunAsync(["-c", "import scipy"], "") is null)
            Assert.Skip("python3-scipy is not installed; the golden answers were compared.");
        var text = await RunAsync([Path.Combine(Folder, "scipy_answers.py")], JsonSerializer.Serialize(Cases(), Json));
        Assert.NotNull(text);
        Compare(JsonSerializer.Deserialize<ScipyAnswer[]>(text, Json)!);
    }

    private static void Compare(ScipyAnswer[] answers)
    {
        var cases = Cases();
        Assert.Equal(cases.Count, answers.Length);
        foreach (var (sample, scipy) in cases.Zip(answers))
        {
            var (reference, live) = (ValueCounts.Of(sample.Reference), ValueCounts.Of(sample.Live));
            var (p, q) = (QuantileCells.Count(reference, sample.Edges), QuantileCells.Count(live, sample.Edges));
            var distance = DistanceTest.Of(reference, live);
            var index = StabilityIndex.Of(p, q);
            var chi = HomogeneityTest.Of(p, q);
            Near(sample.Name, "D", scipy.Ks, distance.Distance, 1e-12);
            Near(sample.Name, "Wasserstein", scipy.Wasserstein, distance.Wasserstein, 1e-9);
            Near(sample.Name, "Jensen-Shannon", scipy.JensenShannon, Divergence.JensenShannon(p, q), 1e-9);
            Near(sample.Name, "Hellinger", scipy.Hellinger, Divergence.Hellinger(p, q), 1e-7);
            Near(sample.Name, "chi-squared", scipy.Chi, chi.Statistic, 1e-9);
            Near(sample.Name, "p of chi-squared", scipy.ChiP, chi.PValue, 1e-9);
            Assert.Equal(scipy.Degrees, chi.Degrees);
            Near(sample.Name, "index", scipy.Psi, index.Value, 1e-9);
            Near(sample.Name, "p of the index", scipy.PsiP, index.PValue, 1e-9);
            Near(sample.Name, "threshold of the index", scipy.PsiThreshold, index.Threshold(0.01), 1e-9);
            // Exact on both sides where it is small enough; else two approximations, compared by their logarithms.
            if ((double)sample.Reference.Length * sample.Live.Length <= 1_000_000)
                Near(sample.Name, "exact p of D", scipy.KsP, distance.PValue, 1e-6);
            else if (scipy.KsP > 1e-300)
                Near(sample.Name, "log p of D", Math.Log(scipy.KsP), Math.Log(distance.PValue), 0.02);
        }
    }

    private static List<ScipyCase> Cases()
    {
        var cases = new List<ScipyCase>();
        Add("same, small", Samples.Normal(1, 80), Samples.Normal(2, 70));
        Add("shifted, small", Samples.Normal(3, 100), Samples.Normal(4, 60, mean: 0.7));
        Add("very unequal", Samples.Normal(5, 2000), Samples.Normal(6, 90, mean: 0.3));
        Add("same, large", Samples.Normal(7, 12_000), Samples.Normal(8, 15_000));
        Add("shifted, large", Samples.Normal(9, 12_000), Samples.Normal(10, 11_000, mean: 0.05));
        Add("wider, large", Samples.Normal(11, 11_000), Samples.Normal(12, 14_000, deviation: 1.1));
        Add("whole numbers", Samples.Whole(13, 900, 40), Samples.Whole(14, 800, 45));
        Add("skewed", Samples.Skewed(15, 3000), Samples.Skewed(16, 250, 1.2));
        Add("apart", Samples.Normal(17, 200), Samples.Normal(18, 200, mean: 50));
        return cases;

        void Add(string name, double[] reference, double[] live) =>
            cases.Add(new ScipyCase(name, reference, live, QuantileCells.Edges(ValueCounts.Of(reference), 8)));
    }

    private static void Near(string sample, string what, double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1e-3, Math.Abs(expected)), $"{sample}, {what}: {expected:R} by scipy, {actual:R} here");

    private static async Task<string?> RunAsync(string[] arguments, string input)
    {
        if (!File.Exists(Python))
            return null;
        using var process = Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await errors;
        return process.ExitCode == 0 ? await output : null;
    }
}
