namespace Fairlead.Domain.Predictions;

public enum PredictionRole : byte
{
    Live = 0,
    Shadow = 1,
    Replay = 2,
}
