using System.Text.Json.Serialization;
using Fairlead.Domain.Serialization;

namespace Fairlead.Domain.Records;

/// <summary>What the control plane found out or was told, and keeps; each kind is numbered from 1.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<RecordKind>))]
public enum RecordKind
{
    /// <summary>A query with a name; its name is the record's.</summary>
    SavedQuery,

    /// <summary>A replay, named after its service.</summary>
    Replay,

    /// <summary>A prediction scored again and compared, named after the prediction.</summary>
    Verification,

    /// <summary>A person removed from all predictions.</summary>
    Erasure,

    /// <summary>A comparison of distributions, named after service and environment.</summary>
    Drift,

    /// <summary>One value of a KPI, named after the KPI.</summary>
    Kpi,

    /// <summary>An experiment; its name is the record's.</summary>
    Experiment,

    /// <summary>An alert, named after its rule.</summary>
    Alert,

    /// <summary>Alerts that are not told for a while, named after their rule.</summary>
    Silence,

    /// <summary>A release on its way into an environment or back, named after its key.</summary>
    Rollout,

    /// <summary>A look at every byte of the predictions.</summary>
    PredictionCheck,

    /// <summary>A look at every byte of the store.</summary>
    StoreCheck,

    /// <summary>What is told of lineage as it happens, or was told.</summary>
    LineageEvent,

    /// <summary>What everybody in a group may do, named after the group.</summary>
    Group,

    /// <summary>A candidate compared with what is live, named after service and environment.</summary>
    Canary,

    /// <summary>What was done about an alert that takes releases back, named after its rule.</summary>
    AlertReturn,

    /// <summary>A word by which a run is found, named after the run.</summary>
    RunTag,

    /// <summary>What somebody wrote about a run, named after the run.</summary>
    RunNote,

    /// <summary>A run that was executed again, named after the run.</summary>
    RunVerification,

    /// <summary>Steps run with other parameters over and over, named after the step.</summary>
    Sweep,

    /// <summary>One set of parameters of a sweep, named after the sweep's number.</summary>
    Trial,

    /// <summary>What is in a state of a dataset, named after its digest.</summary>
    DatasetProfile,

    /// <summary>Whether a state of a dataset is as expected, named after its digest and that of what is expected.</summary>
    DatasetCheck,

    /// <summary>How two states of a dataset differ, named after their digests and the key.</summary>
    DatasetDifference,
}
