using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fairlead.Client;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Identity.Tokens;
using Spectre.Console;

namespace Fairlead.CommandLine;

/// <summary>What every command needs: where to write, where the project is, who to call.</summary>
internal sealed class CommandContext
{
    /// <summary>Lines of a table that is piped are not cut at 80 columns.</summary>
    private const int PipedWidth = 4096;
    private const int LongestToken = 1024;
    private readonly ParseResult parse;

    public CommandContext(ParseResult parse)
    {
        this.parse = parse;
        IsJson = parse.GetValue(GlobalOptions.Format) == GlobalOptions.Json;
        Out = new NarrowConsole(Create(Console.Out, Console.IsOutputRedirected));
        Error = Create(Console.Error, Console.IsErrorRedirected);
    }

    /// <summary>True when standard output holds JSON and nothing else.</summary>
    public bool IsJson { get; }

    /// <summary>Results.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Progress and errors.</summary>
    public IAnsiConsole Error { get; }

    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>Who does it, as the records name it.</summary>
    public static string User => Environment.GetEnvironmentVariable("FAIRLEAD_USER") is { Length: > 0 } user ? user : Environment.UserName;

    /// <summary>What FAIRLEAD_TOKEN holds: the secret of control plane and host, or a user's token; null when it is not set.</summary>
    /// <exception cref="FairleadException">Invalid when it is none that a header can carry.</exception>
    public static string? Token =>
        Environment.GetEnvironmentVariable("FAIRLEAD_TOKEN") is not { Length: > 0 } token ? null
        : token.Length <= LongestToken && token.All(character => character is > ' ' and <= '~') ? token
        : throw FairleadException.Invalid($"FAIRLEAD_TOKEN holds what no header can carry; set it to 1 to {LongestToken} visible ASCII characters without blanks, such as the output of 'openssl rand -hex 32'.");

    /// <summary>The folder to look for the project in.</summary>
    public string StartFolder => Path.GetFullPath(parse.GetValue(GlobalOptions.Project) ?? Directory.GetCurrentDirectory());

    /// <summary>The state folder of the project that the current folder belongs to.</summary>
    /// <exception cref="FairleadException">NotFound when neither the folder nor one above it holds a project file.</exception>
    public StateFolder FindProject()
    {
        for (var folder = new DirectoryInfo(StartFolder); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, StateFolder.ProjectFileName)))
                return new StateFolder(folder.FullName);
        }

        throw FairleadException.NotFound($"There is no '{StateFolder.ProjectFileName}' in '{StartFolder}' or above it; go to a project, or write one with 'fairlead init'.");
    }

    /// <summary>A client of the control plane of this project.</summary>
    public ApiClient Connect()
    {
        var url = FindControlUrl();
        return new ApiClient(url, TokenFor(url), User);
    }

    /// <summary>Where the control plane of this project is.</summary>
    /// <exception cref="FairleadException">Unavailable when none runs.</exception>
    public Uri FindControlUrl()
    {
        if (parse.GetValue(GlobalOptions.Url) is { } url)
            return ParseUrl(url, "a control plane", "http://localhost:7070");
        var state = FindProject();
        var endpoint = EndpointFile.Read(state)
            ?? throw FairleadException.Unavailable($"Nothing is running for '{state.ProjectRoot}'; start it with 'fairlead up'.");
        return new Uri(endpoint.Url);
    }

    /// <summary>A user's token in FAIRLEAD_TOKEN goes before the one that was kept at signing in, and that before a secret of control plane and host.</summary>
    private static string? TokenFor(Uri url) => Token is { } token && SecretToken.TryParse(token, out _) ? token : TokenFile.Find(url) ?? Token;

    /// <summary>Writes one JSON document to standard output.</summary>
    public static void WriteJson<T>(T value, JsonTypeInfo<T> type)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        JsonSerializer.Serialize(writer, value, type);
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    public void ReportError(string message) => Report(Error, message);

    /// <summary>Says what is wrong with a command line, of which no context can be made.</summary>
    public static void ReportUsage(string message) => Report(Create(Console.Error, Console.IsErrorRedirected), message);

    /// <exception cref="FairleadException">Invalid.</exception>
    public static Uri ParseUrl(string url, string what, string example) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw FairleadException.Invalid($"'{url}' is not the URL of {what}; expected something like '{example}'.");

    private static void Report(IAnsiConsole console, string message) => console.MarkupLineInterpolated($"[red]error:[/] {message}");

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(redirected ? new LineTrimmingWriter(writer) : writer),
            Ansi = redirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 } ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
            console.Profile.Width = PipedWidth;
        return console;
    }
}
