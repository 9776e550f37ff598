using System.Globalization;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Services;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Makes the definition of a service out of its checked map, and reports keys that do not go together.</summary>
internal sealed class ServiceBuilder(References references, ProblemList problems)
{
    public ServiceDefinition Build(string name, YamlMap body)
    {
        var isCommand = body.Find(Keys.Command) is not null;
        Refuse(name, body, isCommand ? ServiceRules.OfModels : ServiceRules.OfCommands, isCommand ? "a service with a 'model' or a 'chain'" : "a service with a 'command'");
        var durability = body.Map(Keys.Capture).Text(Keys.Durability);
        var chain = BuildChain(name, body);
        return new ServiceDefinition
        {
            Name = name,
            Model = chain is null && body.Scalar(Keys.Model) is { } model ? references.Model(model, $"service '{name}'") : null,
            Chain = chain,
            Command = isCommand ? BuildCommand(name, body) : null,
            Config = new SettingBuilder(references, problems).Build(name, body.Map(Keys.Config)),
            Durability = durability is null ? CaptureDurability.Relaxed : Enum.Parse<CaptureDurability>(durability, ignoreCase: true),
            Capture = new CaptureBuilder(problems).Build(name, body.Map(Keys.Capture)),
            Evaluation = body.Find(Keys.Evaluation) is null ? null : BuildEvaluation(body.Map(Keys.Evaluation)),
            Outcome = body.Find(Keys.Outcome) is null ? null : BuildOutcome(body.Map(Keys.Outcome)),
            Batch = body.Find(Keys.Batch) is null ? null : BuildBatch(body.Map(Keys.Batch)),
            Limits = BuildLimits(body.Map(Keys.Limits)),
        };
    }

    private void Refuse(string name, YamlMap body, IReadOnlyList<string> keys, string owner)
    {
        foreach (var key in keys)
        {
            if (body.Find(key) is { } entry)
                problems.Add(entry.Key.Place, $"'{key}' in service '{name}' is for {owner}; remove it");
        }
    }

    /// <summary>A chain as it is written, or a model with a transform before it; null for anything else.</summary>
    private ChainDefinition? BuildChain(string name, YamlMap body)
    {
        var stages = body.List(Keys.Chain).Items.OfType<YamlMap>().ToList();
        if (stages.Count == 0)
        {
            if (body.Scalar(Keys.Transform) is not { } before || body.Scalar(Keys.Model) is not { } model)
            {
                CheckInputs(name, body, isNeeded: false);
                return null;
            }

            CheckInputs(name, body, isNeeded: true);
            return new ChainDefinition(Inputs(body), [new ChainStage(null, before.Value), new ChainStage(references.Model(model, $"service '{name}'"), null)]);
        }

        if (body.Find(Keys.Transform) is { } transform)
            problems.Add(transform.Key.Place, $"'{Keys.Transform}' in service '{name}' stands beside '{Keys.Chain}'; make it a stage of the chain");
        var definition = new ChainDefinition(Inputs(body), [.. stages.Select(stage => BuildStage(name, stage))]);
        CheckInputs(name, body, definition.Stages[0].Transform is not null);
        return definition;
    }

    private ChainStage BuildStage(string service, YamlMap stage) => stage.Scalar(Keys.Model) is { } model
        ? new ChainStage(references.Model(model, $"service '{service}'"), null)
        : new ChainStage(null, stage.Text(Keys.Transform));

    /// <summary>SQL does not say what it takes; a model does.</summary>
    private void CheckInputs(string name, YamlMap body, bool isNeeded)
    {
        if (isNeeded && body.Map(Keys.Inputs).Entries.Count == 0)
            problems.Add(body.Place, $"service '{name}' begins with a transform and lacks '{Keys.Inputs}'; say what it takes, such as '{Keys.Inputs}: {{ amount: \"FP32[-1]\" }}'");
        else if (!isNeeded && body.Find(Keys.Command) is null && body.Find(Keys.Inputs) is { } entry)
            problems.Add(entry.Key.Place, $"'{Keys.Inputs}' in service '{name}' is for a service that begins with a transform; remove it, the model says what it takes");
    }

    private static List<Domain.Models.TensorSpec> Inputs(YamlMap body) =>
        [.. body.Map(Keys.Inputs).Entries.Select(entry => TextFormats.ToTensor(entry.Key.Value, ((YamlScalar)entry.Value).Value))];

    private CommandDefinition BuildCommand(string name, YamlMap body)
    {
        var instances = BuildInstances(name, body);
        var protocol = Enum.Parse<ServiceProtocol>(body.Text(Keys.Protocol) ?? nameof(ServiceProtocol.Http), ignoreCase: true);
        return new CommandDefinition
        {
            Command = body.Text(Keys.Command) ?? "",
            Code = body.List(Keys.Code).Texts,
            Protocol = protocol,
            Health = BuildHealth(body.Text(Keys.Health) ?? (protocol == ServiceProtocol.Grpc ? "grpc" : "tcp")),
            Contract = body.Text(Keys.Contract),
            Settings = new CommandSettings
            {
                Instances = instances.Desired ?? instances.Min ?? 1,
                MinInstances = instances.Min,
                MaxInstances = instances.Max,
                Secrets = BuildSecrets(name, body),
                Variables = new SortedDictionary<string, string>(
                    body.Map(Keys.Env).Entries.ToDictionary(entry => entry.Key.Value, entry => ((YamlScalar)entry.Value).Value), StringComparer.Ordinal),
                StartTimeout = Duration(body, Keys.StartTimeout) ?? CommandSettings.DefaultStartTimeout,
                StopTimeout = Duration(body, Keys.StopTimeout) ?? CommandSettings.DefaultStopTimeout,
                Memory = body.Text(Keys.Memory) is { } memory ? TextFormats.ToBytes(memory) : null,
                IsSandboxed = body.Text(Keys.Sandbox) != "none",
            },
        };
    }

    private InstanceBounds BuildInstances(string name, YamlMap body)
    {
        if (body.Find(Keys.Instances) is not { } entry)
            return new InstanceBounds();
        var bounds = InstancesBuilder.Build(entry.Value);
        InstancesBuilder.Check(bounds with { Desired = bounds.Desired ?? bounds.Min ?? 1 }, entry.Key.Place, $"'{Keys.Instances}' of service '{name}'", problems);
        return bounds;
    }

    private SortedDictionary<string, string>? BuildSecrets(string name, YamlMap body)
    {
        var entries = body.Map(Keys.Secrets).Entries;
        foreach (var entry in entries.Where(entry => body.Map(Keys.Env).Find(entry.Key.Value) is not null))
            problems.Add(entry.Key.Place, $"variable '{entry.Key.Value}' of service '{name}' is both in '{Keys.Env}' and in '{Keys.Secrets}'; keep one of them");
        return entries.Count == 0 ? null : new SortedDictionary<string, string>(entries.ToDictionary(entry => entry.Key.Value, entry => ((YamlScalar)entry.Value).Value), StringComparer.Ordinal);
    }

    private static HealthCheck BuildHealth(string text) =>
        text[0] == '/' ? new HealthCheck { Kind = HealthKind.Http, Target = text }
        : text == "tcp" ? new HealthCheck { Kind = HealthKind.Tcp }
        : new HealthCheck { Kind = HealthKind.Grpc, Target = text.Length > 5 ? text[5..] : "" };

    private static EvaluationPolicy BuildEvaluation(YamlMap evaluation) => new()
    {
        Score = evaluation.Text(Keys.Score),
        Label = evaluation.Text(Keys.Label),
        Task = evaluation.Text(Keys.Task) is { } task ? Enum.Parse<EvaluationTask>(task, ignoreCase: true) : null,
        Threshold = evaluation.Scalar(Keys.Threshold) is { } threshold ? CoreSchema.ToJson(threshold).GetDouble() : null,
    };

    private static OutcomeKey BuildOutcome(YamlMap outcome) => new(Duration(outcome, Keys.Window) ?? TimeSpan.Zero, outcome.Text(Keys.Match) == "every");

    private static BatchPolicy BuildBatch(YamlMap batch) =>
        new(Number(batch, Keys.Max) ?? 2, Duration(batch, Keys.Wait) ?? TimeSpan.Zero);

    private static ServingLimits BuildLimits(YamlMap limits) => new()
    {
        Concurrency = Number(limits, Keys.Concurrency),
        Queue = Number(limits, Keys.Queue) ?? ServingLimits.DefaultQueue,
        Deadline = Duration(limits, Keys.Deadline) is { } deadline && deadline > TimeSpan.Zero ? deadline : null,
    };

    private static int? Number(YamlMap map, string key) =>
        map.Text(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static TimeSpan? Duration(YamlMap map, string key) => map.Text(key) is { } text ? TextFormats.ToTimeSpan(text) : null;
}
