namespace Fairlead.Predictions.Tracing.OpenLineage.Telling;

internal enum LineageNoticeStatus
{
    /// <summary>To be sent, or to be sent again.</summary>
    Waiting,

    Delivered,

    /// <summary>Refused, or given up.</summary>
    Failed,
}
