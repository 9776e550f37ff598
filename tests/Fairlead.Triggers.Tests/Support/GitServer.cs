using System.Diagnostics;
using System.Globalization;
using System.Text;
using Fairlead.Testing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Triggers.Tests.Support;

/// <summary>Serves the repositories of a folder over HTTP by git's own program for that.</summary>
internal sealed class GitServer : IAsyncDisposable
{
    private readonly string folder;
    private LocalServer? server;

    private GitServer(string folder) => this.folder = folder;

    /// <summary>What callers must send; null for nothing.</summary>
    public string? Authorization { get; set; }

    public bool IsDown { get; set; }

    public string Url => server!.Url.GetLeftPart(UriPartial.Authority);

    public static async Task<GitServer> StartAsync(string folder)
    {
        var git = new GitServer(folder);
        git.server = await LocalServer.StartAsync(git.AnswerAsync);
        return git;
    }

    public ValueTask DisposeAsync() => server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (IsDown || (Authorization is not null && context.Request.Headers.Authorization != Authorization))
        {
            context.Response.StatusCode = IsDown ? 503 : 401;
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
            return;
        }

        var start = new ProcessStartInfo("git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var request = context.Request;
        foreach (var (name, value) in new[]
        {
            ("GIT_PROJECT_ROOT", folder), ("GIT_HTTP_EXPORT_ALL", "1"), ("PATH_INFO", Uri.UnescapeDataString(request.Path)), ("QUERY_STRING", request.QueryString.Value?.TrimStart('?') ?? ""),
            ("REQUEST_METHOD", request.Method), ("CONTENT_TYPE", request.ContentType ?? ""), ("HTTP_CONTENT_ENCODING", request.Headers.ContentEncoding.ToString()), ("HTTP_GIT_PROTOCOL", request.Headers["Git-Protocol"].ToString()),
        })
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await request.Body.CopyToAsync(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        var bytes = output.ToArray();
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(bytes, 0, end).Split("\r\n"))
        {
            var (name, value) = (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim());
            if (name == "Status")
                context.Response.StatusCode = int.Parse(value.AsSpan(0, 3), CultureInfo.InvariantCulture);
            else
                context.Response.Headers[name] = value;
        }

        await context.Response.Body.WriteAsync(bytes.AsMemory(end + 4));
    }
}
