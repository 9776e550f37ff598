using System.Diagnostics;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>The pages in a real browser: what it makes of them, and what it refuses.</summary>
[Collection(LiveProject.Name)]
public sealed class BrowserTests(DeployedProject deployed)
{
    private const string Browser = "/usr/bin/chromium";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Pages_InARealBrowser_ShowWhatIsLiveAndWhereAPredictionCameFrom()
    {
        Assert.SkipUnless(File.Exists(Browser), $"There is no '{Browser}'; install the package chromium.");
        var project = deployed.Project;
        var prediction = (await project.MustAsync("predict", "churn", "--env", "prod", "--input", """{"features": [3, 39.0, 6]}""", "--format", "json"))
            .Json.GetProperty("prediction").GetString()!;

        var overview = await LoadAsync(project.ControlUrl);
        Assert.Contains("churn-prod-v001", overview.Dom);
        Assert.Contains("href=\"/runs/train-1\"", overview.Dom);
        var trace = await LoadAsync(new Uri(project.ControlUrl, $"predictions/{prediction}"));
        Assert.Contains(prediction, trace.Dom);
        Assert.Contains("plans@1", trace.Dom);
        var missing = await LoadAsync(new Uri(project.ControlUrl, "runs/nothing-9"));
        Assert.Contains("There is no run", missing.Dom);
        foreach (var page in new[] { overview, trace, missing })
            Assert.DoesNotContain("Content Security Policy", page.Console);
    }

    /// <summary>What a browser says of itself and of the site with a form is not what a test that writes headers thinks it says.</summary>
    [Fact]
    public async Task Form_SentByARealBrowser_IsTaken()
    {
        Assert.SkipUnless(File.Exists(Browser), $"There is no '{Browser}'; install the package chromium.");
        await using var project = TempProject.Empty();
        project.Write("fairlead.yaml", "project: tiny\n");
        project.Commit("Start");
        await project.UpAsync();
        var token = (await project.MustAsync("user", "add", "ann", "--role", "admin")).Output.Trim();
        project.Variables["FAIRLEAD_TOKEN"] = token;
        await using var tab = await BrowserTab.OpenAsync();
        await tab.GoAsync(new Uri(project.ControlUrl, "users"));
        Assert.Equal("/login", await tab.TextAsync("location.pathname"));
        await tab.LeaveByAsync($"document.querySelector('input[name=token]').value = '{token}'; document.querySelector('main form').requestSubmit()");
        Assert.Equal("/users", await tab.TextAsync("location.pathname"));
        Assert.Equal("ann", await tab.TextAsync("document.querySelector('.signed-in span').textContent"));
        await tab.LeaveByAsync("document.querySelector('.signed-in').requestSubmit()");
        Assert.Equal("/login", await tab.TextAsync("location.pathname"));
    }

    /// <summary>Loads a page, and returns what the browser made of it and what it complained of.</summary>
    private static async Task<(string Dom, string Console)> LoadAsync(Uri url)
    {
        var profile = Directory.CreateTempSubdirectory("fairlead-browser-");
        using var browser = Process.Start(new ProcessStartInfo(
            Browser,
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--enable-logging=stderr", $"--user-data-dir={profile.FullName}", "--dump-dom", url.ToString(),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var limit = new CancellationTokenSource(Limit);
        var dom = browser.StandardOutput.ReadToEndAsync(limit.Token);
        var console = browser.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await browser.WaitForExitAsync(limit.Token);
            return (await dom, await console);
        }
        finally
        {
            if (!browser.HasExited)
                browser.Kill(entireProcessTree: true);
            profile.Delete(recursive: true);
        }
    }
}
