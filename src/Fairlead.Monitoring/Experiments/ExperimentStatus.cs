using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Monitoring.Experiments;

[JsonConverter(typeof(CamelCaseEnumConverter<ExperimentStatus>))]
public enum ExperimentStatus
{
    /// <summary>Its traffic is being split.</summary>
    Starting,

    /// <summary>Units are assigned to its arms.</summary>
    Running,

    /// <summary>All traffic is on one arm; outcomes that come late still count.</summary>
    Stopped,

    /// <summary>Its last report is final.</summary>
    Concluded,

    /// <summary>Its traffic was taken away by a rollback, or it never got any.</summary>
    Aborted,
}
