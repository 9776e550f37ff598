using System.CommandLine;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Load;
using Fairlead.Load.Inputs;
using Fairlead.Load.Judging;
using Fairlead.Load.Profiles;
using Fairlead.Load.Sending;
using Fairlead.Predictions.Sampling;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Puts load on a service and judges how it answers.</summary>
internal sealed class LoadCommand : CliCommand
{
    /// <summary>Different rows that requests are made of.</summary>
    private const int SampleRows = 10_000;
    private const string SocketCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private static readonly Argument<string> Service = new("service") { Description = "The service to load: a model, a chain or a command." };
    private static readonly Option<string?> Environment = new("--env") { Description = "The environment; may be left out when only one has something deployed.", HelpName = "name" };
    private static readonly Option<double> Rate = new("--rate") { Description = "Requests per second.", Required = true, HelpName = "number" };
    private static readonly Option<string> For = new("--for") { Description = "How long, such as 30s, 5m or 1h.", DefaultValueFactory = _ => "30s", HelpName = "duration" };
    private static readonly Option<string?> Data = new("--data") { Description = "Where inputs come from: a dataset, STEP/OUTPUT, NAME:PART, 'predictions' or 'predictions:CONDITION', or a Parquet, CSV or JSON file. A command gets each row as a JSON object, recorded requests again as they were, and none is needed.", HelpName = "source" };
    private static readonly Option<string?> Path = new("--path") { Description = "Path and query that a command is asked for, such as '/score'; else '/'.", HelpName = "path" };
    private static readonly Option<string?> Method = new("--method") { Description = "By which method a command is asked; else POST, or GET without --data.", HelpName = "method" };
    private static readonly Option<string> Profile = Choice("--profile", "steady: the rate; ramp: from nothing to the rate; spike: the rate, and a multiple of it in the middle.", LoadCommandText.Profiles);
    private static readonly Option<double> Peak = new("--peak") { Description = "By how much a spike multiplies the rate.", DefaultValueFactory = _ => SpikeProfile.DefaultFactor, HelpName = "factor" };
    private static readonly Option<string> Protocol = Choice("--protocol", "How to ask.", [nameof(LoadTransport.Rest), nameof(LoadTransport.Grpc)]);
    private static readonly Option<string> Arrivals = Choice("--arrivals", "even: equal gaps; poisson: bursts, as independent users make them.", [nameof(ArrivalSpacing.Even), nameof(ArrivalSpacing.Poisson)]);
    private static readonly Option<int> Concurrency = new("--concurrency", "--connections") { Description = "Requests under way at once, at most; over HTTP each has its connection.", DefaultValueFactory = _ => LoadOrder.DefaultConcurrency, HelpName = "number" };
    private static readonly Option<string> Warmup = new("--warmup") { Description = "Load before the profile begins, which does not count.", DefaultValueFactory = _ => "2s", HelpName = "duration" };
    private static readonly Option<string> Timeout = new("--timeout") { Description = "How long an answer may take.", DefaultValueFactory = _ => "10s", HelpName = "duration" };
    private static readonly Option<int> Rows = new("--rows") { Description = "Rows in a request.", DefaultValueFactory = _ => 1, HelpName = "number" };
    private static readonly Option<string?> Unit = new("--unit") { Description = "Column that says for whom the prediction is made: same unit, same server group.", HelpName = "column" };
    private static readonly Option<int> Seed = new("--seed") { Description = "Of the sample and of poisson arrivals.", HelpName = "number" };
    private static readonly Option<string[]> Check = new("--check") { Description = "What must hold, such as 'p99 < 20ms', 'error.rate < 0.1%' or 'rate >= 1900'; else the exit code is 1. May be repeated.", HelpName = "check" };
    private static readonly Option<string?> Host = new("--host") { Description = "URL of the host; else the project's.", HelpName = "url" };

    public LoadCommand()
        : base(
            "load",
            "Put load on a service at a rate of its own, and measure how it answers.",
            "fairlead load late --rate 2000 --for 30s --data customers:test --check 'p99 < 20ms' --check 'error.rate < 0.1%'",
            "fairlead load late --rate 500 --profile spike --peak 4 --data predictions --unit unit",
            "fairlead load late --rate 1000 --data rows.parquet --protocol grpc --format json",
            "fairlead load letter --rate 200 --path /letter --data customers.csv",
            "fairlead load letter --rate 200 --data predictions --check 'errors = 0'")
    {
        Arguments.Add(Service);
        foreach (var option in new Option[] { Rate, For, Data, Path, Method, Profile, Peak, Environment, Protocol, Arrivals, Concurrency, Warmup, Timeout, Rows, Unit, Seed, Check, Host })
            Options.Add(option);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        // Before the first socket: answers are read where they arrive, rather than by threads that wait in a loop and take the processor from the service.
        System.Environment.SetEnvironmentVariable(SocketCompletions, "1");
        var order = await ReadOrderAsync(parse, context, cancellationToken);
        context.Error.MarkupLineInterpolated($"{LoadCommandText.Describe(order)}");
        var result = await LoadCommandView.ShowAsync(
            context.Error,
            onProgress => LoadRun.RunAsync(order, context.Time, onProgress, cancellationToken));
        if (context.IsJson)
            CommandContext.WriteJson(result, LoadJson.Default.LoadResult);
        else
            LoadCommandPrinter.Print(context.Out, result);
        foreach (var verdict in result.Checks.Where(verdict => !verdict.Passed))
            context.ReportError(verdict.Message);
        return result.Cancelled ? ExitCodes.Cancelled : result.Passed ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static async Task<LoadOrder> ReadOrderAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var service = parse.GetRequiredValue(Service);
        var checks = (parse.GetValue(Check) ?? []).Select(LoadCheck.Parse).ToList();
        var profile = CreateProfile(parse);
        var data = parse.GetValue(Data);
        return new LoadOrder
        {
            Target = new LoadTarget { Url = HostUrl(parse, context), Service = service, Environment = parse.GetValue(Environment), Token = CommandContext.Token },
            Transport = Enum.Parse<LoadTransport>(parse.GetRequiredValue(Protocol), ignoreCase: true),
            Profile = profile,
            Warmup = LoadCommandText.ParseDuration("--warmup", parse.GetRequiredValue(Warmup)),
            Arrivals = Enum.Parse<ArrivalSpacing>(parse.GetRequiredValue(Arrivals), ignoreCase: true),
            Seed = parse.GetValue(Seed),
            Concurrency = parse.GetValue(Concurrency),
            Timeout = LoadCommandText.ParseDuration("--timeout", parse.GetRequiredValue(Timeout)),
            Data = data,
            IsRecorded = data is not null && !File.Exists(data) && RowSources.IsPredictions(data),
            Path = parse.GetValue(Path),
            Method = parse.GetValue(Method)?.ToUpperInvariant(),
            RowsPerRequest = parse.GetValue(Rows),
            Unit = parse.GetValue(Unit),
            Checks = checks,
            Rows = data is null ? null : await ReadRowsAsync(parse, context, service, data, cancellationToken),
        };
    }

    private static LoadProfile CreateProfile(ParseResult parse)
    {
        var (rate, duration) = (parse.GetValue(Rate), LoadCommandText.ParseDuration("--for", parse.GetRequiredValue(For)));
        return parse.GetRequiredValue(Profile) switch
        {
            "ramp" => new RampProfile(rate, duration),
            "spike" => new SpikeProfile(rate, duration, parse.GetValue(Peak)),
            _ => new SteadyProfile(rate, duration),
        };
    }

    private static async Task<LoadRows> ReadRowsAsync(ParseResult parse, CommandContext context, string service, string data, CancellationToken cancellationToken)
    {
        var seed = parse.GetValue(Seed);
        if (File.Exists(data))
            return LoadRows.Parse(RowFileSample.Read([data], data, SampleRows, seed, cancellationToken));
        using var client = context.Connect();
        var query = $"/api/load-inputs?service={Uri.EscapeDataString(service)}&data={Uri.EscapeDataString(data)}&rows={SampleRows}&seed={seed}";
        return LoadRows.Parse(await client.GetTextAsync(query, cancellationToken));
    }

    private static Uri HostUrl(ParseResult parse, CommandContext context)
    {
        if (parse.GetValue(Host) is { } url)
            return CommandContext.ParseUrl(url, "a host", "http://localhost:7071");
        var state = context.FindProject();
        return EndpointFile.Read(state) is { } endpoint
            ? new Uri(endpoint.HostUrl)
            : throw FairleadException.Unavailable($"Nothing is running for '{state.ProjectRoot}'; start it with 'fairlead up'.");
    }

    private static Option<string> Choice(string name, string description, IReadOnlyList<string> values)
    {
        var lower = values.Select(value => value.ToLowerInvariant()).ToArray();
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => lower[0] };
        option.AcceptOnlyFromAmong(lower);
        return option;
    }
}
