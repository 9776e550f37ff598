namespace Fairlead.Domain.Notices;

/// <summary>What the templates of messages can name. What an event does not have is empty there.</summary>
public static class NoticeFields
{
    public const string Project = "project";
    public const string Event = "event";
    public const string At = "at";
    public const string Link = "link";

    /// <summary>The message that is sent where there is no template.</summary>
    public const string Message = "message";
    public const string Pipeline = "pipeline";
    public const string Execution = "execution";
    public const string Stage = "stage";
    public const string Status = "status";
    public const string Reason = "reason";
    public const string By = "by";
    public const string Judges = "judges";
    public const string Choice = "choice";
    public const string Comment = "comment";
    public const string Environment = "environment";
    public const string Service = "service";
    public const string Release = "release";
    public const string Rollout = "rollout";
    public const string Alert = "alert";
    public const string Target = "target";
    public const string Severity = "severity";
    public const string Condition = "condition";
    public const string Value = "value";
    public const string Freeze = "freeze";
    public const string Until = "until";
    public const string Action = "action";

    public static readonly IReadOnlyList<string> All =
    [
        Project, Event, At, Link, Message, Pipeline, Execution, Stage, Status, Reason, By, Judges, Choice, Comment, Environment, Service, Release, Rollout, Alert, Target, Severity, Condition, Value, Freeze, Until, Action,
    ];
}
