namespace Fairlead.Predictions.Compaction;

internal enum OutcomeFieldKind
{
    Null,
    Boolean,
    Number,
    Text,
}
