using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fairlead.Tests.Running;

/// <summary>A tab of a real browser, driven by its debugging protocol: what a person does with a page, and what the browser sends.</summary>
internal sealed class BrowserTab : IAsyncDisposable
{
    public const string Program = "/usr/bin/chromium";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource limit = new(Limit);
    private readonly ClientWebSocket socket = new();
    private readonly DirectoryInfo profile = Directory.CreateTempSubdirectory("fairlead-browser-");
    private readonly Process browser;
    private int last;
    private int loads;

    private BrowserTab() => browser = Process.Start(new ProcessStartInfo(
        Program,
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank"])
    {
        RedirectStandardError = true,
    })!;

    public static async Task<BrowserTab> OpenAsync()
    {
        var tab = new BrowserTab();
        const string Mark = "DevTools listening on ";
        string? line;
        do
            line = await tab.browser.StandardError.ReadLineAsync(tab.limit.Token) ?? throw new InvalidOperationException("The browser ended.");
        while (!line.StartsWith(Mark, StringComparison.Ordinal));
        _ = tab.browser.StandardError.ReadToEndAsync(tab.limit.Token);
        using var http = new HttpClient();
        using var targets = JsonDocument.Parse(await http.GetStringAsync($"http://127.0.0.1:{new Uri(line[Mark.Length..]).Port}/json", tab.limit.Token));
        var page = targets.RootElement.EnumerateArray().First(target => target.GetProperty("type").GetString() == "page");
        await tab.socket.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), tab.limit.Token);
        await tab.CallAsync("Page.enable", []);
        return tab;
    }

    /// <summary>Goes to an address and waits until it is there.</summary>
    public async Task GoAsync(Uri url)
    {
        var before = loads;
        await CallAsync("Page.navigate", new JsonObject { ["url"] = url.ToString() });
        await LoadedAsync(before);
    }

    /// <summary>Does something by which the page goes elsewhere, and waits until that is there.</summary>
    public async Task LeaveByAsync(string script)
    {
        var before = loads;
        await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = script });
        await LoadedAsync(before);
    }

    public async Task<string?> TextAsync(string script)
    {
        var answer = await CallAsync("Runtime.evaluate", new JsonObject { ["expression"] = script });
        return answer.GetProperty("result").GetProperty("result").TryGetProperty("value", out var value) ? value.ToString() : null;
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        if (!browser.HasExited)
            browser.Kill(entireProcessTree: true);
        await browser.WaitForExitAsync(CancellationToken.None);
        browser.Dispose();
        limit.Dispose();
        profile.Delete(recursive: true);
    }

    private async Task LoadedAsync(int before)
    {
        while (loads == before)
            await ReadAsync();
    }

    private async Task<JsonElement> CallAsync(string method, JsonObject parameters)
    {
        var id = ++last;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        while (true)
        {
            var answer = await ReadAsync();
            if (answer.TryGetProperty("id", out var of) && of.GetInt32() == id)
                return answer;
        }
    }

    private async Task<JsonElement> ReadAsync()
    {
        using var whole = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            whole.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        var message = JsonElement.Parse(whole.ToArray());
        // It may come before the answer to what made the page load.
        if (message.TryGetProperty("method", out var method) && method.GetString() == "Page.loadEventFired")
            loads++;
        return message;
    }
}
