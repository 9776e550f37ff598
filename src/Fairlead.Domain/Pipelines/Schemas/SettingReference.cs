namespace Fairlead.Domain.Pipelines.Schemas;

/// <summary>What of the project file a setting names.</summary>
public enum SettingReference
{
    None,

    Environment,

    Service,

    Step,

    Pipeline,

    Metric,
}
