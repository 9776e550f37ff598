namespace Fairlead.ProjectFile.Rules;

/// <summary>The keys that work, as the table and the reader name them.</summary>
internal static class Keys
{
    public const string Project = "project";
    public const string Owner = "owner";
    public const string Brief = "brief";
    public const string Datasets = "datasets";
    public const string Steps = "steps";
    public const string Models = "models";
    public const string Services = "services";
    public const string Environments = "environments";

    public const string Path = "path";
    public const string Digest = "digest";
    public const string Expect = "expect";
    public const string Schema = "schema";

    public const string Run = "run";
    public const string Sql = "sql";
    public const string Code = "code";
    public const string Inputs = "inputs";
    public const string Params = "params";
    public const string Matrix = "matrix";
    public const string Outputs = "outputs";
    public const string Metrics = "metrics";
    public const string Env = "env";
    public const string Tools = "tools";
    public const string Resources = "resources";
    public const string Timeout = "timeout";
    public const string Cpu = "cpu";
    public const string Pids = "pids";
    public const string Disk = "disk";
    public const string Image = "image";
    public const string Network = "network";

    public const string From = "from";

    public const string Model = "model";
    public const string Capture = "capture";
    public const string Durability = "durability";
    public const string Sample = "sample";
    public const string Redact = "redact";
    public const string Hash = "hash";
    public const string Retention = "retention";
    public const string MaxBody = "max-body";
    public const string Evaluation = "evaluation";
    public const string Score = "score";
    public const string Label = "label";
    public const string Task = "task";
    public const string Threshold = "threshold";
    public const string Chain = "chain";
    public const string Command = "command";
    public const string Transform = "transform";
    public const string Batch = "batch";
    public const string Max = "max";
    public const string Wait = "wait";
    public const string Limits = "limits";
    public const string Concurrency = "concurrency";
    public const string Queue = "queue";
    public const string Deadline = "deadline";
    public const string Protocol = "protocol";
    public const string Health = "health";
    public const string Contract = "contract";
    public const string Instances = "instances";
    public const string StartTimeout = "start-timeout";
    public const string StopTimeout = "stop-timeout";
    public const string Memory = "memory";
    public const string Sandbox = "sandbox";

    public const string Outcome = "outcome";
    public const string Key = "key";
    public const string Window = "window";
    public const string Match = "match";

    public const string Hosts = "hosts";
    public const string Port = "port";
    public const string Customer = "customer";
    public const string Extends = "extends";
    public const string Judges = "judges";
    public const string SelfJudgment = "self-judgment";
    public const string Config = "config";
    public const string Secrets = "secrets";
    public const string Minimum = "minimum";
    public const string Maximum = "maximum";
    public const string Enum = "enum";
    public const string Min = "min";
    public const string Desired = "desired";

    public const string Strategy = "strategy";
    public const string Traffic = "traffic";
    public const string Each = "each";
    public const string Baseline = "baseline";
    public const string Surge = "surge";
    public const string Unavailable = "unavailable";
    public const string Mirror = "mirror";
    public const string Pipeline = "pipeline";
    public const string OnBadHealth = "on-bad-health";
    public const string KeepPrevious = "keep-previous";
    public const string Guard = "guard";
    public const string Windows = "windows";

    public const string Freezes = "freezes";
    public const string Until = "until";
    public const string Reason = "reason";
    public const string Errors = "errors";

    public const string Kpis = "kpis";
    public const string Goal = "goal";
    public const string Service = "service";
    public const string By = "by";
    public const string MinRows = "min-rows";
    public const string OutcomeDelay = "outcome-delay";

    public const string Alerts = "alerts";
    public const string When = "when";
    public const string Environment = "environment";
    public const string For = "for";
    public const string Severity = "severity";
    public const string State = "state";

    public const string Rollback = "rollback";

    public const string Analyse = "analyse";
    public const string Analysis = "analysis";
    public const string Prometheus = "prometheus";
    public const string Query = "query";
    public const string Step = "step";
    public const string Direction = "direction";
    public const string Critical = "critical";
    public const string Muted = "muted";
    public const string MustHaveData = "must-have-data";
    public const string Group = "group";
    public const string MinPoints = "min-points";
    public const string Nan = "nan";
    public const string Outliers = "outliers";
    public const string EffectSize = "effect-size";
    public const string Measure = "measure";
    public const string AllowedIncrease = "allowed-increase";
    public const string AllowedDecrease = "allowed-decrease";
    public const string CriticalIncrease = "critical-increase";
    public const string CriticalDecrease = "critical-decrease";
    public const string Judge = "judge";
    public const string Confidence = "confidence";
    public const string Tolerance = "tolerance";
    public const string Pass = "pass";
    public const string Marginal = "marginal";
    public const string Weights = "weights";
    public const string Interval = "interval";
    public const string LookBack = "look-back";
    public const string WarmUp = "warm-up";
    public const string Patience = "patience";

    public const string Notify = "notify";
    public const string Webhook = "webhook";
    public const string Url = "url";
    public const string SecretEnv = "secret-env";
    public const string Channels = "channels";
    public const string Channel = "channel";
    public const string Rules = "rules";
    public const string On = "on";
    public const string To = "to";
    public const string Template = "template";
    public const string Slack = "slack";
    public const string Teams = "teams";
    public const string Smtp = "smtp";
    public const string Irc = "irc";
    public const string SigningSecret = "signing-secret";
    public const string Secret = "secret";
    public const string Host = "host";
    public const string Security = "security";
    public const string User = "user";
    public const string Password = "password";
    public const string Nick = "nick";
    public const string Login = "login";
    public const string Robot = "robot";

    public const string Store = "store";
    public const string Registry = "registry";
    public const string Plain = "plain";
    public const string Credentials = "credentials";
    public const string CaFile = "ca-file";
    public const string Cache = "cache";

    public const string Lineage = "lineage";
    public const string OpenLineage = "openlineage";
    public const string Namespace = "namespace";
    public const string KeyEnv = "key-env";

    public const string Pipelines = "pipelines";
    public const string Templates = "templates";
    public const string Triggers = "triggers";
    public const string Name = "name";
    public const string Locks = "locks";
    public const string Stages = "stages";
    public const string After = "after";
    public const string Check = "check";
    public const string Retries = "retries";
    public const string Backoff = "backoff";
    public const string OnFailure = "on-failure";
    public const string Uses = "uses";
    public const string With = "with";
    public const string Type = "type";
    public const string Default = "default";
    public const string Description = "description";
    public const string Choices = "choices";
    public const string Parameters = "parameters";
}
