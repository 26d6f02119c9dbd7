import { useState } from 'react';

function VideoGenerator() {
  const [status, setStatus] = useState('idle');
  const [predictionId, setPredictionId] = useState(null);
  const [videoUrl, setVideoUrl] = useState(null);

  const generateVideo = async (prompt) => {
    setStatus('generating');

    // Étape 1 : Lancer génération
    const response = await fetch('http://localhost:8180/api/studio/generate-video', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({
        user_prompt: prompt,
        user_id: 'current_user',
        duration: 5,
        aspect_ratio: '16:9',
        style: 'cinematic'
      })
    });

    const data = await response.json();
    setPredictionId(data.prediction_id);

    // Étape 2 : Polling du statut
    const pollInterval = setInterval(async () => {
      const statusResponse = await fetch(
        `http://localhost:8180/api/studio/video-status/${data.prediction_id}?provider=piapi`
      );
      const statusData = await statusResponse.json();

      if (statusData.status === 'succeeded') {
        setVideoUrl(statusData.video_url);
        setStatus('completed');
        clearInterval(pollInterval);
      } else if (statusData.status === 'failed') {
        setStatus('error');
        clearInterval(pollInterval);
      }
    }, 10000); // Check toutes les 10 secondes
  };

  return (
    <div>
      <input
        type="text"
        placeholder="Décrivez votre vidéo..."
        onKeyPress={(e) => e.key === 'Enter' && generateVideo(e.target.value)}
      />

      {status === 'generating' && <p>⏳ Génération en cours... (~2-3 min)</p>}
      {status === 'completed' && (
        <video src={videoUrl} controls autoPlay />
      )}
    </div>
  );
}
